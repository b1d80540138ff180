package dev.pounce.servlet.dispatch;

import dev.pounce.files.StaticFiles;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import java.io.FileNotFoundException;
import java.io.IOException;

/**
 * Answers with the files of an application where nothing else does (Servlet specification, section
 * 12.2); filters stand before it and other servlets dispatch to it.
 */
public final class DefaultServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    private final transient StaticFiles files;

    /**
     * @param files the application's
     */
    public DefaultServlet(StaticFiles files) {
        this.files = files;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        boolean included = request.getDispatcherType() == DispatcherType.INCLUDE;
        ServletFile file = new ServletFile(request, response, TargetPath.of(request));
        files.serve(file);
        file.end();
        if (included && file.isMissing()) {
            throw new FileNotFoundException("there is no " + file.path() + " to include");
        }
    }
}

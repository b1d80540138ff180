package dev.pounce.servlet.security;

import dev.pounce.servlet.http.BridgeRequest;
import dev.pounce.servlet.http.BridgeResponse;
import dev.pounce.servlet.http.Dispatch;
import dev.pounce.servlet.http.SessionAccess;
import dev.pounce.servlet.model.LoginConfig;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;

import java.io.IOException;
import java.util.List;
import java.util.function.IntSupplier;

/**
 * FORM (Servlet specification, section 13.6.3): a page of the application asks for name and
 * password and sends them to {@code j_security_check}; the request that needed a user is kept in
 * the session and takes place after the login.
 */
final class FormAuthenticator implements Authenticator {
    private static final String ACTION = "/j_security_check";
    private static final int SEE_OTHER = 303;

    /** Time to fill the form in, for a client that had no session before. */
    private static final int FORM_SECONDS = 120;

    private final Users users;
    private final LoginConfig pages;
    private final IntSupplier maxContent;

    /**
     * @param maxContent bytes of content that are kept, asked for each request
     */
    FormAuthenticator(Users users, LoginConfig pages, IntSupplier maxContent) {
        this.users = users;
        this.pages = pages;
        this.maxContent = maxContent;
    }

    @Override
    public String scheme() {
        return HttpServletRequest.FORM_AUTH;
    }

    @Override
    public boolean usesSessions() {
        return true;
    }

    @Override
    public List<String> pages() {
        return List.of(pages.form(), pages.error());
    }

    /** Nothing in a request but its session. */
    @Override
    public Identification identify(BridgeRequest request) {
        return Identification.NOBODY;
    }

    @Override
    public void challenge(
            BridgeRequest request,
            HttpServletResponse response,
            SessionAccess sessions,
            boolean stale)
            throws IOException, ServletException {
        if (response.isCommitted()) {
            throw new IllegalStateException(
                    "a user was to be asked after the response was committed");
        }
        SavedRequest saved = SavedRequest.of(request, maxContent.getAsInt());
        boolean fresh = sessions.session(false) == null;
        SessionLogin login = (SessionLogin) sessions.note(SessionLogin::new);
        HttpSession session = sessions.session(false);
        if (fresh && session != null) {
            login.shorten(session, FORM_SECONDS);
        }
        login.save(saved);
        show(pages.form(), request, response);
    }

    /** Shows a page of the form, whatever the request's method was. */
    private static void show(String page, BridgeRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        RequestDispatcher dispatcher = request.getServletContext().getRequestDispatcher(page);
        if (dispatcher == null) {
            throw new ServletException("the path of the form's page cannot be read: " + page);
        }
        // It stands where the client asked for something else, which a cache must not confuse.
        response.setHeader("Cache-Control", "no-store");
        Dispatch get =
                request.dispatch().withMethod(request.getMethod().equals("HEAD") ? "HEAD" : "GET");
        dispatcher.forward(request.dispatched(get, request.isAsyncSupported()), response);
    }

    @Override
    public boolean takes(
            String path, BridgeRequest request, BridgeResponse response, SessionAccess sessions)
            throws IOException, ServletException {
        if (path.endsWith(ACTION)) {
            logIn(request, response, sessions);
            return true;
        }
        if (sessions.note() instanceof SessionLogin login) {
            SavedRequest saved = login.take(kept -> kept.isAskedForBy(request));
            if (saved != null) {
                saved.replace(request);
            }
        }
        return false;
    }

    private void logIn(BridgeRequest request, BridgeResponse response, SessionAccess sessions)
            throws IOException, ServletException {
        if (!request.getMethod().equals("POST")) {
            response.setHeader("Allow", "POST");
            response.sendError(
                    HttpServletResponse.SC_METHOD_NOT_ALLOWED,
                    "The form of a login has to be sent with POST.");
            return;
        }
        String name = request.getParameter("j_username");
        String password = request.getParameter("j_password");
        User user = name == null || password == null ? null : users.find(name, password);
        if (user == null) {
            show(pages.error(), request, response);
            return;
        }
        SessionLogin login = SessionLogin.logIn(sessions, user, scheme());
        String target = login.savedTarget();
        response.setHeader("Cache-Control", "no-store");
        String location =
                origin(request) + (target != null ? target : request.getContextPath() + "/");
        response.sendRedirect(
                response.encodeRedirectURL(location),
                request.head().isHttp11() ? SEE_OTHER : HttpServletResponse.SC_FOUND);
    }

    /** A path alone would lead to another host if the client had begun it with two slashes. */
    private static String origin(BridgeRequest request) {
        StringBuffer url = request.getRequestURL();
        return url.substring(0, url.length() - request.getRequestURI().length());
    }
}

package tasks;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

import org.glassfish.jersey.media.multipart.FormDataContentDisposition;
import org.glassfish.jersey.media.multipart.FormDataParam;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.zip.CRC32;

/** What HTML forms send, and what the session keeps. */
@Path("/form")
public final class FormResource {

    /** Keeps a name in the session. */
    @POST
    @Consumes("application/x-www-form-urlencoded")
    public Response name(@FormParam("name") String name, @Context HttpServletRequest request) {
        request.getSession().setAttribute("name", name);
        return Response.seeOther(URI.create("form")).build();
    }

    /** A page with the name that the session has. */
    @GET
    @Produces("text/html;charset=UTF-8")
    public String page(@Context HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        Object name = session == null ? "nobody" : session.getAttribute("name");
        return "<!DOCTYPE html><title>Tasks</title><p>Hello, " + name + "</p>";
    }

    /** Says what was uploaded. */
    @POST
    @Path("/upload")
    @Consumes("multipart/form-data")
    @Produces("text/plain")
    public String upload(
            @FormDataParam("title") String title,
            @FormDataParam("file") InputStream file,
            @FormDataParam("file") FormDataContentDisposition disposition)
            throws IOException {
        CRC32 sum = new CRC32();
        byte[] content = file.readAllBytes();
        sum.update(content);
        return title
                + ": "
                + disposition.getFileName()
                + " "
                + content.length
                + " "
                + Long.toHexString(sum.getValue());
    }
}

package dev.pounce.servlet.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;

/** Servlet specification, section 3.2: files that are uploaded. */
class Section3_2UploadTest {
    private static final String UPLOAD =
            """
            @WebServlet("/upload")
            @MultipartConfig(fileSizeThreshold = 4, maxFileSize = 100, maxRequestSize = 1000)
            public class Upload extends HttpServlet {
                protected void service(HttpServletRequest q, HttpServletResponse r) throws IOException, ServletException {
                    PrintWriter w = r.getWriter();
                    w.print(q.getParameter("title") + " " + q.getParameter("q") + " " + q.getParameter("file"));
                    for (Part p : q.getParts())
                        w.print(" | " + p.getName() + " " + p.getSubmittedFileName() + " " + p.getContentType()
                            + " " + p.getSize() + " " + new String(p.getInputStream().readAllBytes()));
                }
            }
            """;
    private static final String PARTS_FIRST =
            """
            @WebServlet("/parts-first")
            @MultipartConfig
            public class PartsFirst extends HttpServlet {
                protected void service(HttpServletRequest q, HttpServletResponse r) throws IOException, ServletException {
                    r.getWriter().print(q.getParts().size() + " " + q.getParameter("title") + " " + q.getParameter("q")
                        + " " + getServletContext().getMimeType("a.css"));
                }
            }
            """;
    private static final String PLAIN =
            """
            @WebServlet("/plain")
            public class Plain extends HttpServlet {
                protected void service(HttpServletRequest q, HttpServletResponse r) throws IOException, ServletException {
                    try { q.getParts(); } catch (IllegalStateException e) { r.getWriter().print("not configured"); }
                }
            }
            """;
    private static final String TYPE = "Content-Type: multipart/form-data; boundary=b\n";

    @TempDir Path folder;

    private static String form(String file) {
        return """
        --b
        Content-Disposition: form-data; name="title"

        A title
        --b
        Content-Disposition: form-data; name="file"; filename="a.txt"
        Content-Type: text/plain

        %s
        --b--
        """
                .formatted(file)
                .replace("\n", "\r\n");
    }

    @Test
    void fieldsAreParametersAlsoForWhoAskedForThePartsFirst() throws Exception {
        try (DeployedApp app =
                DeployedApp.start(DeployedApp.webapp(folder.resolve("app"), PARTS_FIRST))) {
            String answer = app.send("POST", "/parts-first?q=1", TYPE, form("content"));
            assertTrue(answer.endsWith("\n\n2 A title 1 text/css"), answer);
        }
    }

    @Test
    void partsAreFilesAndParameters() throws Exception {
        try (DeployedApp app =
                DeployedApp.start(DeployedApp.webapp(folder.resolve("app"), UPLOAD, PLAIN))) {
            String answer = app.send("POST", "/upload?q=1", TYPE, form("content"));
            assertTrue(
                    answer.endsWith(
                            "\n\nA title 1 null | title null null 7 A title"
                                    + " | file a.txt text/plain 7 content"),
                    answer);
            String tooLarge = app.send("POST", "/upload", TYPE, form("x".repeat(200)));
            assertTrue(tooLarge.startsWith("HTTP/1.1 413 "), tooLarge);
            String broken = app.send("POST", "/upload", TYPE, "--b\r\nnothing");
            assertTrue(broken.startsWith("HTTP/1.1 400 "), broken);
            String plain = app.send("POST", "/plain", TYPE, form("content"));
            assertEquals("not configured", plain.substring(plain.indexOf("\n\n") + 2));
        }
    }
}

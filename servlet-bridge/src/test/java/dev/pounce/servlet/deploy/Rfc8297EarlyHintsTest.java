package dev.pounce.servlet.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pounce.api.EarlyHints;
import dev.pounce.testing.RawClient;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;

/** RFC 8297: what a servlet tells its client before the response is there. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class Rfc8297EarlyHintsTest {

    @WebServlet("/hint/*")
    public static final class Hint extends Cases {
        private static final long serialVersionUID = 1L;

        private static EarlyHints hints(HttpServletRequest q) {
            return (EarlyHints) q.getAttribute(EarlyHints.ATTRIBUTE);
        }

        /** Its content comes when the client has seen the hints. */
        void twice(HttpServletRequest q, HttpServletResponse r) throws IOException {
            hints(q).send("</a.css>; rel=preload; as=style", "</b.js>; rel=preload; as=script");
            hints(q).send("</c.woff2>; rel=preload; as=font");
            r.setHeader("Link", "</a.css>; rel=preload; as=style");
            print(r, q.getReader().readLine());
        }

        void late(HttpServletRequest q, HttpServletResponse r) throws IOException {
            r.setContentLength(5);
            r.flushBuffer();
            hints(q).send("</a.css>; rel=preload");
            r.getWriter().print("whole");
        }

        void wrong(HttpServletRequest q, HttpServletResponse r) throws IOException {
            print(r, thrown(hints(q)::send), thrown(() -> hints(q).send("</a>\r\nX: y")));
        }
    }

    private DeployedApp app;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        app =
                DeployedApp.start(
                        DeployedApp.webapp(folder.resolve("app")).classes(Cases.class, Hint.class));
    }

    @AfterAll
    void stop() throws Exception {
        app.close();
    }

    @Test
    void hintsAreOnTheWireWhileTheServletGoesOn() throws Exception {
        try (RawClient client = app.connect()) {
            client.send(
                    """
                    POST /app/hint/twice HTTP/1.1
                    Host: h
                    Connection: close
                    Content-Length: 7

                    """);
            assertEquals(
                    """
                    HTTP/1.1 103 Early Hints
                    Link: </a.css>; rel=preload; as=style
                    Link: </b.js>; rel=preload; as=script

                    """,
                    client.readHead());
            assertEquals(
                    """
                    HTTP/1.1 103 Early Hints
                    Link: </c.woff2>; rel=preload; as=font

                    """,
                    client.readHead());
            String answer = client.sendExactly("content").readToEnd();
            assertTrue(answer.startsWith("HTTP/1.1 200 "), answer);
            assertTrue(answer.contains("\nLink: </a.css>; rel=preload; as=style\n"), answer);
            assertTrue(answer.endsWith("\n\ncontent\n"), answer);
        }
    }

    @Test
    void clientsOfHttp10AreSentNone() throws Exception {
        try (RawClient client = app.connect()) {
            client.send("POST /app/hint/twice HTTP/1.0\nContent-Length: 3\n\n").sendExactly("old");
            String answer = client.readToEnd();
            assertTrue(answer.startsWith("HTTP/1.1 200 "), answer);
            assertTrue(answer.endsWith("\n\nold\n"), answer);
        }
    }

    @Test
    void afterTheCommitThereIsNothingToHint() throws Exception {
        assertEquals("whole", app.content("/hint/late"));
    }

    @Test
    void whatNoFieldMayHaveIsRefused() throws Exception {
        assertEquals(
                "IllegalArgumentException IllegalArgumentException\n", app.content("/hint/wrong"));
    }
}

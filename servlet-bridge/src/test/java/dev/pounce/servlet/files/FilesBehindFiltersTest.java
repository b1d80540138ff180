package dev.pounce.servlet.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pounce.servlet.deploy.DeployedApp;
import dev.pounce.testing.FileSite;
import dev.pounce.testing.TestWebApp;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;

/** Files behind filters and dispatches: who stands between sees the file's bytes. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FilesBehindFiltersTest {
    private static final String STYLE = "p { color: red }\n".repeat(100);

    private static final String SHOUT =
            """
            @WebFilter("/shout/*")
            public class Shout extends HttpFilter {
                protected void doFilter(HttpServletRequest q, HttpServletResponse r, FilterChain c) throws IOException, ServletException {
                    ByteArrayOutputStream held = new ByteArrayOutputStream();
                    c.doFilter(q, new HttpServletResponseWrapper(r) {
                        public void setContentLengthLong(long length) {}
                        public ServletOutputStream getOutputStream() {
                            return new ServletOutputStream() {
                                public void write(int b) { held.write(b); }
                                public boolean isReady() { return true; }
                                public void setWriteListener(WriteListener l) {}
                            };
                        }
                    });
                    r.getOutputStream().write(held.toString().toUpperCase().getBytes());
                }
            }
            """;
    private static final String FIELDS =
            """
            @WebFilter("/fields/*")
            public class Fields extends HttpFilter {
                protected void doFilter(HttpServletRequest q, HttpServletResponse r, FilterChain c) throws IOException, ServletException {
                    r.setHeader("Cache-Control", "private");
                    r.setHeader("Vary", "Origin");
                    c.doFilter(q, r);
                }
            }
            """;
    private static final String LATE =
            """
            @WebFilter("/late/*")
            public class Late extends HttpFilter {
                protected void doFilter(HttpServletRequest q, HttpServletResponse r, FilterChain c) throws IOException, ServletException {
                    c.doFilter(q, r);
                    r.getOutputStream().print("too late");
                }
            }
            """;
    private static final String EARLY =
            """
            @WebFilter("/early/*")
            public class Early extends HttpFilter {
                protected void doFilter(HttpServletRequest q, HttpServletResponse r, FilterChain c) throws IOException, ServletException {
                    if (q.getParameter("bytes") != null) r.getOutputStream().print("before ");
                    else r.getWriter().print("before ");
                    c.doFilter(q, q.getParameter("wrapped") == null ? r : new HttpServletResponseWrapper(r));
                }
            }
            """;
    private static final String DISPATCH =
            """
            @WebServlet("/dispatch/*")
            public class Dispatch extends HttpServlet {
                protected void service(HttpServletRequest q, HttpServletResponse r) throws IOException, ServletException {
                    RequestDispatcher file = q.getRequestDispatcher("/fields/style.css");
                    if (q.getPathInfo().equals("/forward")) {
                        file.forward(q, r);
                    } else {
                        r.getWriter().print("before ");
                        file.include(q, r);
                        r.getWriter().print(" after");
                    }
                }
            }
            """;

    private DeployedApp app;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        TestWebApp webapp =
                DeployedApp.webapp(folder.resolve("app"), SHOUT, FIELDS, LATE, EARLY, DISPATCH);
        webapp.file("late/page.bin", STYLE);
        webapp.file("early/page.txt", STYLE);
        webapp.file("late/big.bin", STYLE.repeat(100));
        for (String place : new String[] {"shout", "fields"}) {
            webapp.file(place + "/style.css", STYLE);
            Path encoded = folder.resolve("app/" + place + "/style.css.gz");
            Files.write(encoded, FileSite.gzip("encoded"));
            for (String name : new String[] {"style.css", "style.css.gz"}) {
                Files.setLastModifiedTime(
                        folder.resolve("app/" + place + "/" + name),
                        FileTime.from(Instant.parse("2024-11-03T10:20:30Z")));
            }
        }
        app = DeployedApp.start(webapp);
    }

    @AfterAll
    void stop() throws Exception {
        app.close();
    }

    private String get(String path, String... fields) throws Exception {
        StringBuilder lines = new StringBuilder();
        for (String field : fields) {
            lines.append(field).append('\n');
        }
        return app.send("GET", path, lines.toString(), "");
    }

    private static String content(String answer) {
        return answer.substring(answer.indexOf("\n\n") + 2);
    }

    /** What the file is a part of has another length, other ranges and another tag. */
    @Test
    void whatAFilterWritesBeforeAFilePrecedesIt() throws Exception {
        for (String how : new String[] {"", "?bytes=1", "?wrapped=1", "?wrapped=1&bytes=1"}) {
            String answer = get("/early/page.txt" + how, "Range: bytes=0-3", "If-Match: \"x\"");
            assertTrue(answer.startsWith("HTTP/1.1 200 "), answer);
            assertTrue(!answer.contains("\nETag: "), answer);
            assertEquals("before " + STYLE, content(answer));
        }
    }

    /** Servlet specification, section 5.7: the response is closed with its last byte. */
    @Test
    void whatAFilterWritesBehindAFileIsDropped() throws Exception {
        for (int i = 0; i < 3; i++) {
            assertEquals(STYLE, content(get("/late/page.bin")));
            assertEquals(STYLE.repeat(100), content(get("/late/big.bin")));
        }
    }

    /** Three times, because the second request takes the file into the cache. */
    @Test
    void aFilterThatChangesContentGetsItPlain() throws Exception {
        for (int i = 0; i < 3; i++) {
            String answer = get("/shout/style.css");
            assertEquals(STYLE.toUpperCase(java.util.Locale.ROOT), content(answer));
            String encoded = get("/shout/style.css", "Accept-Encoding: gzip");
            assertTrue(encoded.contains("\nContent-Encoding: gzip\n"), encoded);
            assertTrue(encoded.contains("\nETag: W/\""), encoded);
        }
    }

    @Test
    void whatAFilterSaysOfCachingStays() throws Exception {
        String plain = get("/fields/style.css");
        assertTrue(plain.contains("\nCache-Control: private\n"), plain);
        assertTrue(plain.contains("\nVary: Origin\n"), plain);
        assertTrue(plain.contains("\nVary: Accept-Encoding\n"), plain);
        String coded = get("/fields/style.css", "Accept-Encoding: gzip");
        assertTrue(coded.contains("\nVary: Origin\n"), coded);
        assertTrue(coded.contains("\nVary: Accept-Encoding\n"), coded);
        assertTrue(coded.contains("\nContent-Encoding: gzip\n"), coded);
        assertTrue(coded.contains("\nETag: \""), coded);
    }

    @Test
    void aFileThatIsDispatchedToIsContentOfAnotherResource() throws Exception {
        for (String way : new String[] {"/dispatch/forward", "/dispatch/include"}) {
            String answer = get(way, "Range: bytes=0-3", "If-None-Match: *", "If-Match: \"x\"");
            assertTrue(answer.startsWith("HTTP/1.1 200 "), answer);
            assertTrue(answer.contains(STYLE), answer);
            for (String name : new String[] {"ETag", "Last-Modified", "Accept-Ranges"}) {
                assertTrue(!answer.contains("\n" + name + ": "), answer);
            }
        }
        assertEquals(
                "before " + STYLE + " after",
                content(app.send("GET", "/dispatch/include", "", "")));
    }
}

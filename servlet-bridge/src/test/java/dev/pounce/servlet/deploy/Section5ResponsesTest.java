package dev.pounce.servlet.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

/** Servlet specification, chapter 5: what a servlet answers. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class Section5ResponsesTest {

    @WebServlet("/answer/*")
    public static final class Answer extends Cases {
        private static final long serialVersionUID = 1L;

        void buffer(HttpServletRequest q, HttpServletResponse r) throws IOException {
            int before = r.getBufferSize();
            r.setBufferSize(before + 1000);
            int after = r.getBufferSize();
            r.getWriter().print("x".repeat(after));
            r.getWriter().flush();
            print(r, " ", before > 0, after >= before + 1000, r.isCommitted());
            print(r, thrown(() -> r.setBufferSize(1)));
        }

        void overflow(HttpServletRequest q, HttpServletResponse r) throws IOException {
            byte[] content = new byte[r.getBufferSize() / 2 + 1];
            r.getOutputStream().write(content);
            r.setHeader("X-First", "" + r.isCommitted());
            r.getOutputStream().write(content);
            r.getOutputStream().print("" + r.isCommitted());
        }

        void reset(HttpServletRequest q, HttpServletResponse r) throws IOException {
            r.setStatus(404);
            r.setHeader("X-Gone", "1");
            r.setContentType("text/html");
            r.getOutputStream().print("gone");
            r.reset();
            r.setHeader("X-Kept", "" + r.getStatus() + r.getContentType());
            r.getWriter().print("gone too");
            r.resetBuffer();
            print(r, "kept", r.getHeader("X-Gone"));
            r.flushBuffer();
            print(r, r.isCommitted(), thrown(r::reset), thrown(r::resetBuffer));
            print(r, thrown(() -> r.sendError(400)), thrown(() -> r.sendRedirect("/")));
            r.setHeader("X-Late", "1");
            r.addHeader("X-Late", "1");
            r.setStatus(500);
            r.setContentType("text/css");
            print(r, r.getHeader("X-Late"), r.getStatus());
        }

        void headers(HttpServletRequest q, HttpServletResponse r) throws IOException {
            r.setHeader("X-Text", "replaced");
            r.setHeader("x-text", "1");
            r.addHeader("X-Text", "2");
            r.setIntHeader("X-Int", 1);
            r.addIntHeader("X-Int", -2);
            r.setDateHeader("X-When", 784111777000L);
            r.addDateHeader("X-When", 0);
            r.setHeader("X-Null", "1");
            r.setHeader("X-Null", null);
            r.addHeader("X-Null", null);
            r.setHeader(null, "1");
            r.addHeader("", "1");
            r.setIntHeader(null, 1);
            r.addDateHeader(null, 1);
            print(r, r.getHeader("X-TEXT"), r.getHeaders("X-Int"), r.containsHeader("x-when"));
            print(r, r.getHeader("X-Null"), r.containsHeader("X-Null"), r.getHeaders("X-Null"));
            print(r, new TreeSet<>(r.getHeaderNames()));
        }

        void types(HttpServletRequest q, HttpServletResponse r) throws IOException {
            r.setContentType("text/html; charset=ISO-8859-7");
            String first = r.getContentType() + " " + r.getCharacterEncoding();
            r.setContentType("text/plain");
            String second = r.getContentType();
            r.setCharacterEncoding(StandardCharsets.UTF_8);
            PrintWriter writer = r.getWriter();
            r.setCharacterEncoding("ISO-8859-1");
            r.setContentType("text/css;charset=ISO-8859-1");
            writer.println(first + " " + second);
            writer.println(r.getContentType() + " \u00e9");
        }

        void untyped(HttpServletRequest q, HttpServletResponse r) throws IOException {
            r.setContentType("text/html;charset=UTF-8");
            r.setContentType(null);
            String first = r.getContentType() + " " + r.getCharacterEncoding();
            r.setLocale(Locale.JAPANESE);
            r.setContentType(null);
            String second = r.getCharacterEncoding();
            r.setLocale(Locale.JAPANESE);
            r.setLocale(null);
            r.getWriter().print(first + " " + second + " " + r.getCharacterEncoding());
        }

        void bytes(HttpServletRequest q, HttpServletResponse r) throws IOException {
            r.setContentType("text/plain");
            r.getOutputStream().print("x");
        }

        void one(HttpServletRequest q, HttpServletResponse r) throws IOException {
            r.getOutputStream().print(thrown(r::getWriter) + " ");
            r.reset();
            r.getWriter().print(thrown(r::getOutputStream));
        }

        void redirect(HttpServletRequest q, HttpServletResponse r) throws IOException {
            r.getWriter().print("dropped");
            r.sendRedirect(q.getParameter("to"));
            r.getWriter().print("too late");
        }

        void moved(HttpServletRequest q, HttpServletResponse r) throws IOException {
            r.getWriter().print("kept");
            r.sendRedirect("there", 308, false);
        }

        void error(HttpServletRequest q, HttpServletResponse r) throws IOException {
            r.setHeader("X-Kept", "1");
            r.getWriter().print("dropped");
            r.sendError(503, "later");
            r.getWriter().print("too late");
            r.setHeader("X-Late", "" + thrown(() -> r.sendError(500)));
        }

        void length(HttpServletRequest q, HttpServletResponse r) throws IOException {
            r.setContentLengthLong(5);
            r.getOutputStream().print("12345");
            r.setHeader("X-Committed", "" + r.isCommitted());
            r.getOutputStream().flush();
        }

        void trailers(HttpServletRequest q, HttpServletResponse r) throws IOException {
            String refused = thrown(() -> r.setTrailerFields(() -> Map.of("X-Sum", "42")));
            print(r, refused, r.getTrailerFields() != null);
            r.flushBuffer();
            print(r, thrown(() -> r.setTrailerFields(Map::of)));
        }
    }

    private DeployedApp app;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        app =
                DeployedApp.start(
                        DeployedApp.webapp(folder.resolve("app"))
                                .classes(Cases.class, Answer.class));
    }

    @AfterAll
    void stop() throws Exception {
        app.close();
    }

    private static void assertHas(String answer, String... lines) {
        for (String line : lines) {
            assertTrue(answer.contains("\n" + line + "\n"), line + " in " + answer);
        }
    }

    private static String content(String answer) {
        return answer.substring(answer.indexOf("\n\n") + 2);
    }

    /** An answer in chunks without their sizes. */
    private String streamed(String path) throws Exception {
        try (RawClient client = app.connect()) {
            client.send("GET /app" + path + " HTTP/1.1\nHost: h\n\n");
            StringBuilder answer = new StringBuilder(client.readHead());
            for (byte[] chunk = client.readChunk(); chunk.length > 0; chunk = client.readChunk()) {
                answer.append(new String(chunk, StandardCharsets.ISO_8859_1));
            }
            return answer.toString();
        }
    }

    @Test
    void section5_1TheBufferHasTheSizeThatWasAskedFor() throws Exception {
        String answer = streamed("/answer/buffer");
        assertTrue(answer.endsWith("x  true true true\nIllegalStateException\n"), answer);
    }

    @Test
    void section5_1TheResponseIsCommittedWhenTheBufferIsFull() throws Exception {
        String answer = streamed("/answer/overflow");
        assertHas(answer, "X-First: false");
        assertTrue(answer.endsWith("true"), answer);
    }

    @Test
    void section5_1AResetForgetsEverythingUntilTheCommit() throws Exception {
        String answer = streamed("/answer/reset");
        assertTrue(answer.startsWith("HTTP/1.1 200 "), answer);
        assertHas(answer, "X-Kept: 200null");
        assertFalse(answer.contains("X-Gone") || answer.contains("X-Late"), answer);
        assertEquals(
                """
                kept null
                true IllegalStateException IllegalStateException
                IllegalStateException IllegalStateException
                null 200
                """,
                content(answer));
    }

    @Test
    void section5_2HeadersAreSetAddedAndRemoved() throws Exception {
        String answer = app.get("/answer/headers");
        assertHas(
                answer,
                "X-Text: 1\nX-Text: 2",
                "X-Int: 1\nX-Int: -2",
                "X-When: Sun, 06 Nov 1994 08:49:37 GMT\nX-When: Thu, 01 Jan 1970 00:00:00 GMT");
        assertEquals(
                """
                1 [1, -2] true
                null false []
                [X-Int, X-Text, X-When]
                """,
                content(answer));
    }

    @Test
    void section5_3TrailersAreSetBeforeTheCommit() throws Exception {
        try (RawClient client = app.connect()) {
            client.send("GET /app/answer/trailers HTTP/1.1\nHost: h\nConnection: close\n\n");
            String answer = client.readToEnd();
            assertHas(answer, "none true", "IllegalStateException", "0\nX-Sum: 42\n");
            String old = app.get("/answer/trailers").substring(0, 8);
            assertEquals("HTTP/1.1", old);
        }
        try (RawClient client = app.connect()) {
            client.send("GET /app/answer/trailers HTTP/1.0\n\n");
            assertHas(client.readToEnd(), "IllegalStateException false");
        }
    }

    @Test
    void section5_5ARedirectIsMadeAbsoluteAndEndsTheResponse() throws Exception {
        String[] cases = {
            "there", "http://h/app/answer/there",
            "/there", "http://h/there",
            "//other/there", "http://other/there",
            "https://other:81/x?a=b", "https://other:81/x?a=b",
            "?a=b", "http://h/app/answer/redirect?a=b"
        };
        for (int i = 0; i < cases.length; i += 2) {
            String to = java.net.URLEncoder.encode(cases[i], StandardCharsets.UTF_8);
            String answer = app.get("/answer/redirect?to=" + to);
            assertTrue(answer.startsWith("HTTP/1.1 302 "), answer);
            assertHas(answer, "Location: " + cases[i + 1]);
            String note = content(answer);
            assertTrue(note.contains("<a href=\"" + cases[i] + "\">"), note);
        }
        String moved = app.get("/answer/moved");
        assertTrue(moved.startsWith("HTTP/1.1 308 "), moved);
        assertEquals("kept", content(moved));
    }

    @Test
    void section5_5AnErrorKeepsHeadersAndDropsContent() throws Exception {
        String answer = app.get("/answer/error");
        assertTrue(answer.startsWith("HTTP/1.1 503 "), answer);
        assertHas(answer, "X-Kept: 1");
        assertFalse(answer.contains("X-Late"), answer);
        assertTrue(answer.contains("<p>later</p>"), answer);
        assertFalse(answer.contains("dropped") || answer.contains("too late"), answer);
    }

    /** The charset counts that is in force when the writer is fetched. */
    @Test
    void section5_6TheWriterFixesTheCharset() throws Exception {
        String answer = app.get("/answer/types");
        assertHas(answer, "Content-Type: text/css;charset=UTF-8");
        assertEquals(
                """
                text/html;charset=ISO-8859-7 ISO-8859-7 text/plain;charset=ISO-8859-7
                text/css;charset=UTF-8 \u00c3\u00a9
                """,
                content(answer));
        assertHas(app.get("/answer/bytes"), "Content-Type: text/plain");
    }

    @Test
    void section5_6WithoutATypeOrALocaleItsCharsetIsGoneToo() throws Exception {
        String answer = app.get("/answer/untyped");
        assertFalse(answer.contains("Content-Type") || answer.contains("Content-Lang"), answer);
        assertEquals("null ISO-8859-1 ISO-8859-1 ISO-8859-1", content(answer));
    }

    @Test
    void section5_7TheLastByteOfTheDeclaredLengthEndsTheResponse() throws Exception {
        String answer = app.get("/answer/length");
        assertHas(answer, "Content-Length: 5");
        assertFalse(answer.contains("X-Committed"), answer);
        assertEquals("12345", content(answer));
    }

    @Test
    void streamAndWriterExcludeEachOther() throws Exception {
        assertEquals("IllegalStateException", app.content("/answer/one"));
    }
}

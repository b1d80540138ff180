package dev.pounce.servlet.http;

import static dev.pounce.servlet.http.ServletServer.answer;
import static dev.pounce.servlet.http.ServletServer.body;
import static dev.pounce.servlet.http.ServletServer.content;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.servlet.http.Cookie;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.InputStream;
import java.io.PrintWriter;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

class BridgeResponseTest {

    private static void assertHas(String response, String... lines) {
        for (String line : lines) {
            assertTrue(response.contains("\r\n" + line + "\r\n"), response);
        }
    }

    private static void assertBody(String expected, String response) {
        assertEquals(expected, body(response));
    }

    @Test
    void aWriterEncodesAndNamesItsCharset() throws Exception {
        String response =
                answer(
                        (request, r) -> {
                            r.setContentType("text/html");
                            r.setCharacterEncoding("UTF-8");
                            r.getWriter().print("\u00e9\ud83d");
                            r.getWriter().print("\ude00\ud83dx");
                            assertEquals("text/html;charset=UTF-8", r.getContentType());
                        });
        assertHas(response, "Content-Type: text/html;charset=UTF-8");
        String bytes =
                new String(
                        "\u00e9\ud83d\ude00?x".getBytes(StandardCharsets.UTF_8),
                        StandardCharsets.ISO_8859_1);
        assertBody(bytes, response);
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "ISO-8859-1", "US-ASCII", "UTF-16BE"})
    void howAWriterIsWrittenToMakesNoDifference(String charset) throws Exception {
        for (int seed = 0; seed < 3; seed++) {
            Random random = new Random(seed);
            List<String> texts = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                texts.add(text(random, i % 4 == 0 ? 40_000 : 300));
            }
            String response =
                    answer(
                            (request, r) -> {
                                r.setContentType("text/plain;charset=" + charset);
                                for (String text : texts) {
                                    write(r.getWriter(), text, random);
                                }
                            });
            String all = String.join("", texts);
            String bytes = new String(all.getBytes(charset), StandardCharsets.ISO_8859_1);
            assertEquals(bytes, content(response), charset + ", seed " + seed);
        }
    }

    /** Of one to four bytes in UTF-8, halves of pairs among them. */
    private static String text(Random random, int most) {
        char[] few = {'a', 'b', '\n', '\u00e9', '\u20ac', '\ud83d', '\ude00'};
        StringBuilder text = new StringBuilder();
        int length = random.nextInt(most);
        while (text.length() < length) {
            if (random.nextInt(8) == 0) {
                text.append("plain ".repeat(random.nextInt(2_000)));
            }
            text.append(few[random.nextInt(few.length)]);
        }
        return text.append('.').toString();
    }

    private static void write(PrintWriter writer, String text, Random random) {
        for (int from = 0; from < text.length(); ) {
            int to = from + 1 + random.nextInt(random.nextInt(3) == 0 ? 20_000 : 5);
            to = Math.min(to, text.length());
            switch (random.nextInt(3)) {
                case 0 -> writer.write(text, from, to - from);
                case 1 -> writer.write(text.toCharArray(), from, to - from);
                default -> text.substring(from, to).chars().forEach(writer::write);
            }
            from = to;
        }
    }

    @Test
    void withoutAnyCharsetItIsIso88591() throws Exception {
        String response =
                answer(
                        (request, r) -> {
                            r.setContentType("text/plain");
                            r.getWriter().print("\u00e9");
                        });
        assertHas(response, "Content-Type: text/plain;charset=ISO-8859-1");
        assertBody("\u00e9", response);
    }

    @Test
    void aLocaleBringsItsCharsetUnlessOneWasSet() throws Exception {
        String response =
                answer(
                        (request, r) -> {
                            r.setContentType("text/plain");
                            r.setLocale(Locale.JAPANESE);
                            assertEquals("Shift_JIS", r.getCharacterEncoding());
                            r.setCharacterEncoding("UTF-8");
                            assertEquals("UTF-8", r.getCharacterEncoding());
                            r.setLocale(Locale.JAPANESE);
                            assertEquals("UTF-8", r.getCharacterEncoding());
                            r.setCharacterEncoding((String) null);
                            assertEquals("ISO-8859-1", r.getCharacterEncoding());
                            r.setLocale(Locale.JAPANESE);
                            r.getWriter().print("a");
                            r.setContentType("text/html;charset=UTF-8");
                        });
        assertHas(response, "Content-Type: text/html;charset=Shift_JIS", "Content-Language: ja");
    }

    /** ServletResponse.getStatus says what was set; a response ends with a final status only. */
    @Test
    void anInterimStatusIsRememberedAndNotSent() throws Exception {
        String response =
                answer(
                        (request, r) -> {
                            r.setStatus(201);
                            for (int interim : new int[] {100, 101, 103}) {
                                r.setStatus(interim);
                                assertEquals(interim, r.getStatus());
                            }
                            r.getWriter().print("made");
                        });
        assertTrue(response.startsWith("HTTP/1.1 201 "), response);
        assertBody("made", response);
    }

    @Test
    void anEncodingWithStatesIsBroughtToItsEnd() throws Exception {
        String text = "\u3042";
        String response =
                answer(
                        (request, r) -> {
                            r.setContentType("text/plain;charset=ISO-2022-JP");
                            r.getWriter().print(text);
                        });
        assertBody(new String(text.getBytes("ISO-2022-JP"), StandardCharsets.ISO_8859_1), response);
    }

    @Test
    void streamAndWriterExcludeEachOtherUntilReset() throws Exception {
        String response =
                answer(
                        (request, r) -> {
                            r.getOutputStream().print("dropped");
                            assertThrows(IllegalStateException.class, r::getWriter);
                            r.setHeader("X-Gone", "1");
                            r.reset();
                            r.getWriter().print("kept");
                            assertThrows(IllegalStateException.class, r::getOutputStream);
                        });
        assertFalse(response.contains("X-Gone"), response);
        assertBody("kept", response);
    }

    @Test
    void fieldsStatusAndCookiesAreSent() throws Exception {
        String response =
                answer(
                        (request, r) -> {
                            r.setStatus(201);
                            r.addHeader("X-A", "1");
                            r.addHeader("X-A", "2");
                            r.setHeader("X-B", "1");
                            r.setHeader("X-B", null);
                            r.setDateHeader("Last-Modified", 784111777000L);
                            r.setIntHeader("X-C", 3);
                            r.addCookie(new Cookie("a", "1"));
                        });
        assertTrue(response.startsWith("HTTP/1.1 201 Created\r\n"), response);
        assertHas(response, "X-A: 1", "X-A: 2", "X-C: 3", "Set-Cookie: a=1");
        assertHas(response, "Last-Modified: Sun, 06 Nov 1994 08:49:37 GMT");
        assertFalse(response.contains("X-B"), response);
    }

    @Test
    void aFieldThatWouldSplitTheResponseIsRefused() throws Exception {
        String response =
                answer(
                        (request, r) -> {
                            assertThrows(
                                    IllegalArgumentException.class,
                                    () -> r.setHeader("X", "a\r\nEvil: 1"));
                            assertThrows(
                                    IllegalArgumentException.class,
                                    () -> r.setContentType("text/plain\r\nEvil: 1"));
                            assertThrows(
                                    IllegalArgumentException.class,
                                    () -> r.setCharacterEncoding("utf-8\r\nEvil: 1"));
                            assertNull(r.getContentType());
                        });
        assertFalse(response.contains("Evil"), response);
    }

    @Test
    void anErrorDropsContentAndReleasesTheHeadForItsPage() throws Exception {
        String response =
                answer(
                        (request, r) -> {
                            r.setContentType("text/html;charset=UTF-16");
                            r.setHeader("X-Kept", "1");
                            r.getWriter().print("dropped");
                            r.sendError(404, "gone");
                            r.getWriter().print("dropped as well");
                            r.setHeader("X-Late", "1");
                            assertTrue(r.isCommitted());
                            assertThrows(IllegalStateException.class, () -> r.sendError(500));
                        });
        assertTrue(response.startsWith("HTTP/1.1 404 "), response);
        assertHas(response, "X-Kept: 1", "Content-Type: text/plain;charset=ISO-8859-1");
        assertFalse(response.contains("X-Late"), response);
        assertBody("error 404", response);
    }

    @Test
    void aRedirectIsAbsoluteAndEndsTheResponse() throws Exception {
        String response =
                answer(
                        (request, r) -> {
                            r.getWriter().print("dropped");
                            r.sendRedirect("y?z");
                            r.getWriter().print("dropped as well");
                            assertThrows(IllegalStateException.class, () -> r.sendRedirect("/"));
                        });
        assertTrue(response.startsWith("HTTP/1.1 302 "), response);
        assertHas(
                response,
                "Location: http://h:81/app/s/y?z",
                "Content-Type: text/html;charset=utf-8");
        assertBody("<!doctype html><title>Redirect</title><a href=\"y?z\">y?z</a>\n", response);
    }

    @Test
    void contentBeyondTheDeclaredLengthIsDropped() throws Exception {
        String response =
                answer(
                        (request, r) -> {
                            r.setContentLength(5);
                            r.getOutputStream().print("hello, world");
                            assertTrue(r.isCommitted());
                            r.getOutputStream().print("more");
                        });
        assertHas(response, "Content-Length: 5");
        assertBody("hello", response);
    }

    @Test
    void theHeadIsFixedOnceTheBufferIsFlushed() throws Exception {
        String response =
                answer(
                        (request, r) -> {
                            r.setBufferSize(1000);
                            assertEquals(1000, r.getBufferSize());
                            r.getOutputStream().print("a");
                            assertFalse(r.isCommitted());
                            assertThrows(IllegalStateException.class, () -> r.setBufferSize(2000));
                            r.flushBuffer();
                            assertTrue(r.isCommitted());
                            r.setStatus(500);
                            r.setHeader("X-Late", "1");
                            assertThrows(IllegalStateException.class, r::reset);
                        });
        assertTrue(response.startsWith("HTTP/1.1 200 "), response);
        assertFalse(response.contains("X-Late"), response);
    }

    @Test
    void trailersFollowTheContent() throws Exception {
        String response =
                answer(
                        (request, r) -> {
                            r.setTrailerFields(() -> Map.of("X-Sum", "1"));
                            r.getOutputStream().print("a");
                        });
        assertTrue(response.endsWith("0\r\nX-Sum: 1\r\n\r\n"), response);
    }

    @Test
    void aFlushedWriterReachesTheClientWhileTheServletGoesOn() throws Exception {
        CountDownLatch seen = new CountDownLatch(1);
        try (ServletServer server =
                        new ServletServer(
                                (request, r) -> {
                                    r.getWriter().print("first");
                                    r.getWriter().flush();
                                    boolean arrived = seen.await(5, TimeUnit.SECONDS);
                                    r.getWriter().print(arrived ? "second" : "too late");
                                });
                Socket socket = server.connect()) {
            String request = "GET /app/s HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            StringBuilder received = new StringBuilder();
            while (received.indexOf("first") < 0) {
                int b = in.read();
                assertTrue(b >= 0, received.toString());
                received.append((char) b);
            }
            seen.countDown();
            assertTrue(ServletServer.text(in).contains("second"));
        }
    }
}

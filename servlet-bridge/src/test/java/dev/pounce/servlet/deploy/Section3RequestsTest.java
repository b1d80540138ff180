package dev.pounce.servlet.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pounce.testing.RawClient;

import jakarta.servlet.ServletConnection;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/** Servlet specification, chapter 3: what a servlet is told of its request. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class Section3RequestsTest {

    @WebServlet("/ask/*")
    public static final class Ask extends Cases {
        private static final long serialVersionUID = 1L;

        void parameters(HttpServletRequest q, HttpServletResponse r) throws IOException {
            print(r, Collections.list(q.getParameterNames()));
            print(r, q.getParameter("a"), Arrays.toString(q.getParameterValues("a")));
            print(r, q.getParameter("none"), q.getParameterValues("none"));
            print(r, q.getParameterMap().containsKey("none"));
            print(r, thrown(() -> q.getParameterMap().put("x", new String[0])));
        }

        void unread(HttpServletRequest q, HttpServletResponse r) throws IOException {
            print(r, q.getParameter("a"), q.getReader().readLine());
        }

        void attributes(HttpServletRequest q, HttpServletResponse r) throws IOException {
            q.setAttribute("one", 1);
            q.setAttribute("two", 2);
            q.setAttribute("two", "II");
            print(r, q.getAttribute("one"), q.getAttribute("two"), q.getAttribute("three"));
            q.setAttribute("one", null);
            q.removeAttribute("three");
            print(r, Collections.list(q.getAttributeNames()));
        }

        void headers(HttpServletRequest q, HttpServletResponse r) throws IOException {
            print(r, q.getHeader("x-ONE"), Collections.list(q.getHeaders("X-Two")));
            print(r, q.getHeader("X-None"), q.getHeaders("X-None").hasMoreElements());
            print(r, Collections.list(q.getHeaderNames()));
            print(r, q.getIntHeader("X-One"), q.getIntHeader("X-None"));
            print(r, thrown(() -> q.getIntHeader("X-Two")), q.getDateHeader("X-None"));
            print(r, thrown(() -> q.getDateHeader("X-Two")));
        }

        void dates(HttpServletRequest q, HttpServletResponse r) throws IOException {
            for (String name : List.of("X-Fixdate", "X-Rfc850", "X-Asctime")) {
                print(r, q.getDateHeader(name));
            }
        }

        void path(HttpServletRequest q, HttpServletResponse r) throws IOException {
            print(r, q.getContextPath(), q.getServletPath(), q.getPathInfo());
            print(r, q.getRequestURI(), q.getQueryString(), q.getRequestURL());
        }

        void translated(HttpServletRequest q, HttpServletResponse r) throws IOException {
            Path root = Path.of(q.getServletContext().getRealPath("/"));
            print(r, root.relativize(Path.of(q.getPathTranslated())));
        }

        void push(HttpServletRequest q, HttpServletResponse r) throws IOException {
            print(r, q.newPushBuilder());
        }

        void cookies(HttpServletRequest q, HttpServletResponse r) throws IOException {
            Cookie[] cookies = q.getCookies();
            print(r, cookies == null ? "null" : cookies.length);
            for (Cookie each : cookies == null ? new Cookie[0] : cookies) {
                print(r, each.getName(), each.getValue(), each.getMaxAge(), each.getPath());
            }
        }

        void locales(HttpServletRequest q, HttpServletResponse r) throws IOException {
            print(r, q.getLocale().equals(Locale.getDefault()), Collections.list(q.getLocales()));
        }

        void encoding(HttpServletRequest q, HttpServletResponse r) throws IOException {
            r.setCharacterEncoding("UTF-8");
            print(r, q.getCharacterEncoding(), thrown(() -> q.setCharacterEncoding("no-such")));
            q.setCharacterEncoding("UTF-8");
            print(r, q.getCharacterEncoding(), q.getReader().readLine());
            q.setCharacterEncoding("ISO-8859-1");
            print(r, q.getCharacterEncoding(), thrown(q::getInputStream));
        }

        void length(HttpServletRequest q, HttpServletResponse r) throws IOException {
            print(r, q.getContentLength(), q.getContentLengthLong(), q.getContentType());
            String content = new String(q.getInputStream().readAllBytes());
            print(r, content.isEmpty() ? "nothing" : content, thrown(q::getReader));
        }

        void connection(HttpServletRequest q, HttpServletResponse r) throws IOException {
            print(r, q.getProtocol(), q.getScheme(), q.isSecure(), q.getMethod());
            print(r, q.getServerName(), q.getServerPort());
            print(r, q.getRemoteAddr(), q.getLocalAddr(), q.getRemotePort() > 0);
            print(r, q.getAttribute("jakarta.servlet.request.cipher_suite"));
        }

        void ids(HttpServletRequest q, HttpServletResponse r) throws IOException {
            ServletConnection connection = q.getServletConnection();
            print(r, q.getRequestId());
            print(r, connection.getConnectionId());
            print(r, connection.getProtocol(), connection.isSecure());
            print(r, "[" + q.getProtocolRequestId() + connection.getProtocolConnectionId() + "]");
        }

        void trailers(HttpServletRequest q, HttpServletResponse r) throws IOException {
            print(r, q.isTrailerFieldsReady(), thrown(q::getTrailerFields));
            print(r, new String(q.getInputStream().readAllBytes()));
            print(r, q.isTrailerFieldsReady(), new TreeMap<>(q.getTrailerFields()));
        }
    }

    private DeployedApp app;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        app =
                DeployedApp.start(
                        DeployedApp.webapp(folder.resolve("app")).classes(Cases.class, Ask.class));
    }

    @AfterAll
    void stop() throws Exception {
        app.close();
    }

    private void assertContent(String expected, String answer) {
        assertTrue(answer.startsWith("HTTP/1.1 200 "), answer);
        assertEquals(expected, answer.substring(answer.indexOf("\n\n") + 2));
    }

    private void assertPosted(String expected, String path, String fields, String content)
            throws Exception {
        assertContent(expected, app.send("POST", path, fields, content));
    }

    private void assertAsked(String expected, String path, String fields) throws Exception {
        assertContent(expected, app.send("GET", path, fields, ""));
    }

    @Test
    void section3_1ParametersAreOfTheQueryAndThenOfTheForm() throws Exception {
        assertPosted(
                """
                [a, b, c]
                1 [1, 2]
                null null
                false
                UnsupportedOperationException
                """,
                "/ask/parameters?a=1&b=",
                "Content-Type: application/x-www-form-urlencoded\n",
                "a=2&c=%C3%A9");
    }

    @Test
    void section3_1_1ContentOfAnotherTypeIsNoForm() throws Exception {
        assertPosted("null a=1\n", "/ask/unread", "Content-Type: text/plain\n", "a=1");
        assertPosted(
                "0 null\n",
                "/ask/unread?a=0",
                "Content-Type: application/x-www-form-urlencoded\n",
                "a=1");
    }

    @Test
    void section3_3AttributesAreReplacedAndRemoved() throws Exception {
        assertAsked("1 II null\n[two]\n", "/ask/attributes", "");
    }

    @Test
    void section3_4HeadersAreReadAsTextNumbersAndDates() throws Exception {
        assertAsked(
                """
                17 [a, b, c]
                null false
                [Host, Connection, X-One, X-Two]
                17 -1
                NumberFormatException -1
                IllegalArgumentException
                """,
                "/ask/headers",
                "X-One: 17\nX-Two: a\nx-two: b, c\n");
    }

    @Test
    void section3_4DatesMayHaveAnyFormOfHttp() throws Exception {
        assertAsked(
                "784111777000\n784111777000\n784111777000\n",
                "/ask/dates",
                """
                X-Fixdate: Sun, 06 Nov 1994 08:49:37 GMT
                X-Rfc850: Sunday, 06-Nov-94 08:49:37 GMT
                X-Asctime: Sun Nov  6 08:49:37 1994
                """);
    }

    @Test
    void section3_5ThePathIsDividedAndDecodedAndTheUriIsNot() throws Exception {
        assertAsked(
                """
                /app /ask /path/a b
                /app/ask/path/a%20b;x=1 q=%31 http://h/app/ask/path/a%20b;x=1
                """,
                "/ask/path/a%20b;x=1?q=%31", "");
    }

    @Test
    void section3_6PathInfoIsTranslatedToAFile() throws Exception {
        assertAsked("translated/b.txt\n", "/ask/translated/b.txt", "");
    }

    @Test
    void section3_8NothingIsPushed() throws Exception {
        assertAsked("null\n", "/ask/push", "");
    }

    @Test
    void section3_9CookiesAreNamesAndValues() throws Exception {
        assertAsked("null\n", "/ask/cookies", "");
        assertAsked("2\na 1 -1 null\nb 2 -1 null\n", "/ask/cookies", "Cookie: a=1; b=2\n");
    }

    @Test
    void section3_11LocalesAreThoseThatTheClientPrefers() throws Exception {
        assertAsked("true [" + Locale.getDefault() + "]\n", "/ask/locales", "");
        assertAsked(
                Locale.getDefault().equals(Locale.forLanguageTag("de-AT")) + " [de_AT, fr, en]\n",
                "/ask/locales",
                "Accept-Language: en;q=0.5, de-AT, fr;q=0.9\n");
    }

    @Test
    void section3_12TheEncodingCountsUntilTheContentIsRead() throws Exception {
        assertPosted(
                """
                null UnsupportedEncodingException
                UTF-8 \u00c3\u00a9
                UTF-8 IllegalStateException
                """,
                "/ask/encoding",
                "Content-Type: text/plain\n",
                "\u00c3\u00a9");
        assertPosted(
                """
                ISO-8859-7 UnsupportedEncodingException
                UTF-8 a
                UTF-8 IllegalStateException
                """,
                "/ask/encoding",
                "Content-Type: text/plain; charset=\"ISO-8859-7\"\n",
                "a");
    }

    @Test
    void contentIsBytesOrCharacters() throws Exception {
        assertPosted(
                "3 3 text/x\nabc IllegalStateException\n",
                "/ask/length",
                "Content-Type: text/x\n",
                "abc");
        assertAsked("-1 -1 null\nnothing IllegalStateException\n", "/ask/length", "");
    }

    @Test
    void theConnectionIsDescribed() throws Exception {
        assertAsked(
                """
                HTTP/1.1 http false GET
                h 80
                127.0.0.1 127.0.0.1 true
                null
                """,
                "/ask/connection",
                "");
    }

    /**
     * ServletRequest.getRequestId, ServletConnection: what tells requests and connections apart.
     */
    @Test
    void requestsAndConnectionsHaveIdentifiers() throws Exception {
        try (RawClient client = app.connect()) {
            String one = ids(client);
            String two = ids(client);
            assertNotEquals(one.lines().findFirst(), two.lines().findFirst());
            assertEquals(one.lines().skip(1).toList(), two.lines().skip(1).toList());
            assertEquals(List.of("http/1.1 false", "[]"), one.lines().skip(2).toList());
            try (RawClient other = app.connect()) {
                assertNotEquals(
                        one.lines().skip(1).findFirst(), ids(other).lines().skip(1).findFirst());
            }
        }
    }

    private static String ids(RawClient client) throws IOException {
        client.send(
                """
                GET /app/ask/ids HTTP/1.1
                Host: h

                """);
        String head = client.readHead();
        return client.read(
                Integer.parseInt(head.replaceFirst("(?s).*Content-Length: (\\d+).*", "$1")));
    }

    @Test
    void trailersAreThereOnceTheContentWasRead() throws Exception {
        try (RawClient client = app.connect()) {
            client.send(
                    """
                    POST /app/ask/trailers HTTP/1.1
                    Host: h
                    Connection: close
                    Transfer-Encoding: chunked

                    3
                    abc
                    0
                    myTrailer: foo
                    myTrailer2: bar

                    """);
            assertContent(
                    """
                    false IllegalStateException
                    abc
                    true {mytrailer=foo, mytrailer2=bar}
                    """,
                    client.readToEnd());
        }
    }
}

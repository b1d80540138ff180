package dev.pounce.conformance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pounce.testing.RawClient;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The webapp {@code examples} of Tomcat's distribution, without its JSPs and WebSockets. */
class TomcatExamplesTest {
    /*
     * The descriptor names a filter of Tomcat, and the servlets log with Tomcat's logging. These
     * classes lie in the lib folder of its server, not in the webapp, so the webapp gets them here.
     */
    private static final List<String> JARS_OF_THE_SERVER =
            List.of(
                    "lib/catalina.jar",
                    "lib/tomcat-api.jar",
                    "lib/tomcat-coyote.jar",
                    "lib/tomcat-util.jar",
                    "lib/tomcat-util-scan.jar",
                    "lib/websocket-api.jar",
                    "lib/websocket-client-api.jar",
                    "bin/tomcat-juli.jar");

    private static final String SERVLETS = "/examples/servlets/servlet/";

    @TempDir static Path folder;
    private static Path examples;
    private static Site site;

    @BeforeAll
    static void deploy() throws Exception {
        Path zip = ThirdParty.file("tomcat.zip");
        examples = folder.resolve("examples");
        ThirdParty.unpackFolder(zip, "webapps/examples", examples);
        ThirdParty.unpackFiles(zip, JARS_OF_THE_SERVER, examples.resolve("WEB-INF/lib"));
        site = Site.of(Map.of("/examples", examples));
    }

    @AfterAll
    static void stop() throws Exception {
        site.close();
    }

    private static String page(HttpResponse<String> answer) {
        assertEquals(200, answer.statusCode(), answer.body());
        return answer.body();
    }

    private static void assertContains(String page, String part) {
        assertTrue(page.contains(part), () -> part + " is not in\n" + page);
    }

    private static String get(String path) throws Exception {
        return page(site.get(path, "Accept-Language", "en"));
    }

    @Test
    void helloWorldAnswersInEnglish() throws Exception {
        HttpResponse<String> answer =
                site.get(SERVLETS + "HelloWorldExample", "Accept-Language", "en");
        assertContains(page(answer), "<h1>Hello World!</h1>");
        assertEquals(
                "text/html;charset=UTF-8",
                answer.headers().firstValue("Content-Type").orElseThrow().replace(" ", ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"fr;Salut le Monde !", "es;Hola Mundo!", "zh-CN;\u4e16\u754c"})
    void helloWorldSpeaksTheLanguageOfTheClient(String languageAndText) throws Exception {
        String[] parts = languageAndText.split(";", 2);
        String page = page(site.get(SERVLETS + "HelloWorldExample", "Accept-Language", parts[0]));
        assertContains(page, parts[1]);
    }

    @Test
    void aFilterOfTomcatAddsFieldsToEveryAnswer() throws Exception {
        for (String path : List.of("servlets/servlet/HelloWorldExample", "index.html", "none")) {
            HttpResponse<String> answer = site.get("/examples/" + path);
            assertEquals("DENY", answer.headers().firstValue("X-Frame-Options").orElse(""), path);
            assertEquals(
                    "nosniff",
                    answer.headers().firstValue("X-Content-Type-Options").orElse(""),
                    path);
        }
    }

    @Test
    void numbersAreWrittenByAListener() throws Exception {
        StringBuilder numbers = new StringBuilder();
        for (int i = 1; i <= 10_000; i++) {
            numbers.append(String.format(Locale.ROOT, "%020d%n", i));
        }
        assertEquals(numbers.toString(), get("/examples/servlets/nonblocking/numberwriter"));
    }

    @Test
    void bytesAreCountedByAListener() throws Exception {
        String content = "x".repeat(1_000_003);
        assertEquals(
                "Total bytes written = [1000003]",
                page(site.post("/examples/servlets/nonblocking/bytecounter", content)));
    }

    @Test
    void requestInfoShowsTheRequestLine() throws Exception {
        String page = get(SERVLETS + "RequestInfoExample/more/path?x=1").replace("\r\n", "\n");
        assertContains(page, "Method:\n</td><td>\nGET\n");
        assertContains(
                page,
                "Request URI:\n</td><td>\n"
                        + "/examples/servlets/servlet/RequestInfoExample/more/path\n");
        assertContains(page, "Protocol:\n</td><td>\nHTTP/1.1\n");
        assertContains(page, "Path Info:\n</td><td>\n/more/path\n");
        assertContains(page, "Remote Address:\n</td><td>\n127.0.0.1\n");
    }

    @Test
    void requestHeadersAreShownAsPageAndAsJson() throws Exception {
        String page = page(site.get(SERVLETS + "RequestHeaderExample", "X-Of-Mine", "<yes>"));
        assertContains(page.toLowerCase(Locale.ROOT), "x-of-mine");
        assertContains(page, "&lt;yes&gt;");
        HttpResponse<String> json =
                site.get(
                        SERVLETS + "RequestHeaderExample",
                        "Accept",
                        "application/json",
                        "X-Of-Mine",
                        "yes");
        assertTrue(page(json).matches("(?is)\\[.*\\{\"x-of-mine\":\"yes\"\\}.*\\]"), json.body());
    }

    @Test
    void requestParametersComeOutOfAForm() throws Exception {
        String page =
                page(
                        site.post(
                                SERVLETS + "RequestParamExample",
                                "firstname=J%C3%B6rg+%3Cb%3E&lastname=M%C3%BCller"));
        assertContains(page, " = J\u00f6rg &lt;b&gt;<br>");
        assertContains(page, " = M\u00fcller");
        assertContains(get(SERVLETS + "RequestParamExample"), "No Parameters, Please enter some");
    }

    @Test
    void aCookieIsSetAndReadBack() throws Exception {
        HttpResponse<String> set =
                site.post(SERVLETS + "CookieExample", "cookiename=colour&cookievalue=blue");
        assertContains(page(set), "You just sent the following cookie to your browser:");
        String field = set.headers().firstValue("Set-Cookie").orElseThrow();
        assertTrue(field.matches("(?i)colour=blue; *path=/examples/"), field);
        assertContains(
                get(SERVLETS + "CookieExample"),
                "Cookie Name: colour<br>  Cookie Value: blue<br><br>");
    }

    @Test
    void anAttributeOfTheSessionIsSetAndReadBackAndRemoved() throws Exception {
        String set = page(site.post(SERVLETS + "SessionExample", "dataname=fruit&datavalue=pear"));
        assertContains(set, "fruit = pear");
        String readBack = get(SERVLETS + "SessionExample");
        assertContains(readBack, "fruit = pear");
        assertFalse(readBack.contains(";jsessionid="), "the cookie came back: no URL carries it");
        assertFalse(get(SERVLETS + "SessionExample?dataname=fruit").contains("fruit = pear"));
    }

    @Test
    void aSessionIsCarriedByTheUrlOfAClientWithoutCookies() throws Exception {
        String first = rawGet(SERVLETS + "SessionExample?dataname=fruit&datavalue=fig");
        assertContains(first, "fruit = fig");
        String link = first.replaceAll("(?s).*<form action=\"([^\"]+)\".*", "$1");
        assertTrue(link.matches("SessionExample;jsessionid=[0-9A-Za-z_-]+"), link);
        assertContains(rawGet(SERVLETS + link), "fruit = fig");
    }

    private static String rawGet(String path) throws Exception {
        try (RawClient client = site.connect()) {
            client.send(
                    """
                    GET %s HTTP/1.1
                    Host: localhost
                    Connection: close

                    """
                            .formatted(path));
            return client.readToEnd();
        }
    }

    @Test
    void answersOfAsyncServletsComeFromTheirThreads() throws Exception {
        CompletableFuture<HttpResponse<String>> dispatched = site.begin("/examples/async/async0");
        CompletableFuture<HttpResponse<String>> completed = site.begin("/examples/async/async2");
        String text = page(dispatched.get(15, TimeUnit.SECONDS));
        assertTrue(text.matches("Async dispatch worked: [-0-9: +]+\n"), text);
        assertEquals(
                "text/plain",
                dispatched.get().headers().firstValue("Content-Type").orElse("").split(";")[0]);
        String other = page(completed.get(15, TimeUnit.SECONDS));
        assertTrue(other.matches("Output from background thread\\. Time: [-0-9: +]+\n"), other);
    }

    @Test
    void theStockTickerSendsEachTickAtOnce() throws Exception {
        HttpResponse<InputStream> ticker = site.open("/examples/async/stockticker");
        assertEquals(200, ticker.statusCode());
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(ticker.body(), StandardCharsets.UTF_8))) {
            int first = number(lines.readLine());
            assertEquals(first + 1, number(lines.readLine()), "the second tick follows the first");
        }
    }

    private static int number(String line) {
        assertTrue(line.matches("STOCK#(GOOG|YHOO|ASF)#[-0-9.,]+#[-0-9.,]+#\\d+"), line);
        return Integer.parseInt(line.substring(line.lastIndexOf('#') + 1));
    }

    @Test
    void trailersFollowTheContent() throws Exception {
        try (RawClient client = site.connect()) {
            client.send(
                    """
                    GET /examples/servlets/trailers/response HTTP/1.1
                    Host: localhost
                    TE: trailers
                    Connection: TE, close

                    """);
            String answer = client.readToEnd();
            assertContains(answer, "This response should include trailer fields.\n0\n");
            assertContains(answer, "x-trailer-1: Trailer value one\n");
            assertContains(answer, "x-trailer-2: Trailer value two\n");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "index.html;text/html",
                "servlets/index.html;text/html",
                "servlets/reqinfo.html;text/html",
                "servlets/images/code.gif;image/gif",
                "websocket/echo.xhtml;application/xhtml+xml"
            })
    void staticFilesComeAsTheyAre(String pathAndType) throws Exception {
        String[] parts = pathAndType.split(";");
        byte[] file = Files.readAllBytes(examples.resolve(parts[0]));
        HttpResponse<InputStream> answer = site.open("/examples/" + parts[0]);
        try (InputStream content = answer.body()) {
            assertArrayEquals(file, content.readAllBytes());
        }
        assertEquals(200, answer.statusCode());
        assertEquals(
                parts[1], answer.headers().firstValue("Content-Type").orElse("").split(";")[0]);
    }

    @Test
    void aFileThatTheClientHasIsNotSentAgain() throws Exception {
        String tag =
                site.get("/examples/servlets/index.html")
                        .headers()
                        .firstValue("ETag")
                        .orElseThrow();
        HttpResponse<String> again =
                site.get("/examples/servlets/index.html", "If-None-Match", tag);
        assertEquals(304, again.statusCode());
        assertEquals("", again.body());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "servlets/", "websocket/"})
    void aFolderIsAnsweredWithItsWelcomeFile(String path) throws Exception {
        String name = path.startsWith("websocket") ? "index.xhtml" : "index.html";
        String expected = Files.readString(examples.resolve(path + name));
        assertEquals(expected, get("/examples/" + path));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/examples", "/examples/servlets"})
    void aFolderWithoutItsSlashIsRedirected(String path) throws Exception {
        HttpResponse<String> answer = site.get(path);
        assertEquals(302, answer.statusCode());
        String location = answer.headers().firstValue("Location").orElseThrow();
        assertEquals(site.uri(path + "/"), site.uri(path).resolve(location));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "none.html",
                "servlets/servlet/None",
                "WEB-INF/web.xml",
                "META-INF/context.xml"
            })
    void whatIsNotThereIsNotFound(String path) throws Exception {
        assertEquals(404, site.get("/examples/" + path).statusCode());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"jsp/dates/date.jsp", "jsp/xml/xml.jsp", "servletToJsp", "async/async3"})
    void theSourceOfAPageIsNeverShown(String path) throws Exception {
        String body = site.get("/examples/" + path).body();
        assertFalse(body.contains("<%") || body.contains("<jsp:"), body);
    }

    @Test
    void aMethodThatTheServletDoesNotHaveIsNotAllowed() throws Exception {
        HttpResponse<String> answer = site.post(SERVLETS + "HelloWorldExample", "");
        assertEquals(405, answer.statusCode());
    }
}

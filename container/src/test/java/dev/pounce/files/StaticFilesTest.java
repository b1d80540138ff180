package dev.pounce.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pounce.config.ServerConfig;
import dev.pounce.route.ContextRoutes;
import dev.pounce.route.PathPattern;
import dev.pounce.route.Route;
import dev.pounce.route.RouteTable;
import dev.pounce.server.HttpServer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;

class StaticFilesTest {
    private static final String MODIFIED = "Sun, 03 Nov 2024 10:20:30 GMT";

    @TempDir Path temp;
    private HttpServer server;

    @BeforeEach
    void start() throws Exception {
        Path root = temp.resolve("root");
        file("root/index.html", "<p>welcome");
        file("root/a.txt", "0123456789");
        file("root/sub/index.html", "<p>sub");
        file("root/sub/ä b.txt", "umlaut");
        file("root/bare/x.css", "p{}");
        file("root/.secret", "secret");
        file("root/.well-known/security.txt", "known");
        file("root/sub/.well-known/x.txt", "secret");
        Files.createSymbolicLink(root.resolve("A.TXT"), root.resolve("a.txt"));
        file("root/.git/config", "secret");
        file("root/WEB-INF/web.xml", "secret");
        file("root/META-INF/MANIFEST.MF", "secret");
        file("root/page.jsp", "<% secret %>");
        file("root/UPPER.JSPX", "<% secret %>");
        file("root/part.jspf", "<% secret %>");
        file("outside.txt", "secret");
        Files.createSymbolicLink(root.resolve("out.txt"), temp.resolve("outside.txt"));
        Files.createSymbolicLink(root.resolve("up"), temp);
        Files.createSymbolicLink(root.resolve("inf"), root.resolve("WEB-INF"));
        Files.createSymbolicLink(root.resolve("jsp.txt"), root.resolve("page.jsp"));
        Files.createSymbolicLink(root.resolve("link.txt"), root.resolve("a.txt"));
        Files.setLastModifiedTime(
                root.resolve("a.txt"), FileTime.from(Instant.parse("2024-11-03T10:20:30.500Z")));
        server =
                new HttpServer(
                        ServerConfig.defaults().withHost("127.0.0.1").withPort(0).withWorkers(1));
        Route files =
                new Route(
                        new PathPattern.Default(),
                        new FileHandler(
                                "/c",
                                new StaticFiles(
                                        List.of(root),
                                        List.of("index.html"),
                                        ServerConfig.defaults(),
                                        new FileCache(ServerConfig.defaults().staticFiles())
                                                .part())),
                        "files");
        server.routes(new RouteTable(List.of(new ContextRoutes("/c", List.of(files)))));
        server.start();
    }

    private void file(String name, String content) throws Exception {
        Path file = temp.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    @AfterEach
    void stop() throws Exception {
        server.stop();
    }

    /** The whole response as it is on the wire. */
    private String send(String method, String target, String... fields) throws Exception {
        try (Socket socket = new Socket("127.0.0.1", server.port())) {
            socket.setSoTimeout(10_000);
            StringBuilder request = new StringBuilder();
            request.append(method).append(' ').append(target).append(" HTTP/1.1\r\nHost: x\r\n");
            for (String field : fields) {
                request.append(field).append("\r\n");
            }
            request.append("Connection: close\r\n\r\n");
            socket.getOutputStream()
                    .write(request.toString().getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static void assertStatus(int status, String response) {
        assertTrue(response.startsWith("HTTP/1.1 " + status + " "), response);
    }

    private static void assertField(String line, String response) {
        assertTrue(response.contains("\r\n" + line + "\r\n"), response);
    }

    private static String field(String name, String response) {
        int at = response.indexOf("\r\n" + name + ": ") + name.length() + 4;
        return response.substring(at, response.indexOf("\r\n", at));
    }

    private static String body(String response) {
        return response.substring(response.indexOf("\r\n\r\n") + 4);
    }

    @Test
    void aFileComesWithTypeLengthAndValidators() throws Exception {
        String response = send("GET", "/c/a.txt");

        assertStatus(200, response);
        assertField("Content-Type: text/plain; charset=utf-8", response);
        assertField("Content-Length: 10", response);
        assertField("Last-Modified: " + MODIFIED, response);
        assertTrue(field("ETag", response).matches("\"a-[0-9a-f]+\""), response);
        assertEquals("0123456789", body(response));
    }

    @Test
    void headHasTheFieldsOfGetAndNoContent() throws Exception {
        String response = send("HEAD", "/c/a.txt");

        assertStatus(200, response);
        assertField("Content-Length: 10", response);
        assertEquals("", body(response));
    }

    @Test
    void otherMethodsAreRefusedWithAllow() throws Exception {
        String post = send("POST", "/c/a.txt", "Content-Length: 0");
        assertStatus(405, post);
        assertField("Allow: GET, HEAD, OPTIONS", post);
        String options = send("OPTIONS", "/c/a.txt");
        assertStatus(204, options);
        assertField("Allow: GET, HEAD, OPTIONS", options);
    }

    @Test
    void aFileOfManyPiecesArrivesWhole() throws Exception {
        file("root/big.bin", "0123456789abcdef".repeat(20_000));

        String response = send("GET", "/c/big.bin");

        assertField("Content-Length: 320000", response);
        assertField("Content-Type: application/octet-stream", response);
        assertEquals("0123456789abcdef".repeat(20_000), body(response));
    }

    @Test
    void anEmptyFileIsAnEmptyResponse() throws Exception {
        file("root/empty.js", "");

        String response = send("GET", "/c/empty.js");

        assertStatus(200, response);
        assertField("Content-Length: 0", response);
    }

    /** RFC 9110 section 13.1.2. */
    @Test
    void ifNoneMatchWithTheTagIsNotModified() throws Exception {
        String etag = field("ETag", send("GET", "/c/a.txt"));
        for (String tags : List.of(etag, "W/" + etag, "\"x\", " + etag, "*")) {
            String response = send("GET", "/c/a.txt", "If-None-Match: " + tags);
            assertStatus(304, response);
            assertField("ETag: " + etag, response);
            assertEquals("", body(response));
        }
        assertStatus(200, send("GET", "/c/a.txt", "If-None-Match: \"other\""));
        assertStatus(
                200,
                send("GET", "/c/a.txt", "If-None-Match: \"x\"", "If-Modified-Since: " + MODIFIED));
    }

    /** RFC 9110 sections 5.6.7 and 13.1.3. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    Sun, 03 Nov 2024 10:20:30 GMT   | 304
                    Sunday, 03-Nov-24 10:20:30 GMT | 304
                    Sun Nov  3 10:20:30 2024       | 304
                    Mon, 04 Nov 2024 10:20:30 GMT   | 304
                    Sun, 03 Nov 2024 10:20:29 GMT   | 200
                    yesterday                       | 200
                    """)
    void ifModifiedSinceComparesSeconds(String date, int status) throws Exception {
        assertStatus(status, send("GET", "/c/a.txt", "If-Modified-Since: " + date));
    }

    @Test
    void aFolderHasItsWelcomeFile() throws Exception {
        assertEquals("<p>welcome", body(send("GET", "/c/")));
        assertEquals("<p>sub", body(send("GET", "/c/sub/")));
        assertStatus(404, send("GET", "/c/bare/"));
    }

    @Test
    void aFolderWithoutTheSlashIsRedirectedToItself() throws Exception {
        String response = send("GET", "/c/sub?a=b");
        assertStatus(302, response);
        assertField("Location: /c/sub/?a=b", response);
        assertField("Location: /c/sub/", send("GET", "//c//s%75b"));
    }

    @Test
    void encodedNamesAreFound() throws Exception {
        assertEquals("umlaut", body(send("GET", "/c/sub/%C3%A4%20b.txt")));
        assertEquals("0123456789", body(send("GET", "/c/link.txt")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/c/none.txt",
                "/c/a.txt/",
                "/c/.secret",
                "/c/%2Esecret",
                "/c/.git/config",
                "/c/.well-known/../.secret",
                "/c/sub/.well-known/x.txt",
                "/c/A.TXT",
                "/c/WEB-INF/web.xml",
                "/c/web-inf/web.xml",
                "/c/WEB-INF",
                "/c/%57EB-INF/web.xml",
                "/c/x/../WEB-INF/web.xml",
                "/c/WEB-INF;a=b/web.xml",
                "/c/META-INF/MANIFEST.MF",
                "/c/inf/web.xml",
                "/c/page.jsp",
                "/c/page.jsp;a=b",
                "/c/page%2Ejsp",
                "/c/UPPER.JSPX",
                "/c/part.jspf",
                "/c/jsp.txt",
                "/c/out.txt",
                "/c/up/outside.txt",
                "/c/up/root/a.txt/"
            })
    void whatIsNotPublicDoesNotExist(String target) throws Exception {
        String response = send("GET", target);

        assertStatus(404, response);
        assertTrue(!body(response).contains("secret"), response);
    }

    @Test
    void rfc8615WellKnownFilesAreShown() throws Exception {
        assertEquals("known", body(send("GET", "/c/.well-known/security.txt")));
    }
}

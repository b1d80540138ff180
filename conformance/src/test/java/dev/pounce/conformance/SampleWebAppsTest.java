package dev.pounce.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.luben.zstd.ZstdInputStream;

import dev.pounce.testing.ChunkedInput;
import dev.pounce.testing.RawClient;
import dev.pounce.testing.TestWebApp;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/** The webapps of the checkout, as folders and as war files. */
class SampleWebAppsTest {
    private static final Path WEBAPPS = Path.of(System.getProperty("pounce.root"), "webapps");
    private static final Map<String, String> FOLDERS =
            Map.of("", "ROOT", "/fused", "fused", "/servlet", "servlet");

    @Nested
    class AsFolders extends Samples {
        @Override
        Map<String, Path> applications(Path folder) {
            Map<String, Path> applications = new LinkedHashMap<>();
            FOLDERS.forEach((path, name) -> applications.put(path, WEBAPPS.resolve(name)));
            return applications;
        }
    }

    @Nested
    class AsWarFiles extends Samples {
        @Override
        Map<String, Path> applications(Path folder) throws IOException {
            Map<String, Path> applications = new LinkedHashMap<>();
            for (Map.Entry<String, String> each : FOLDERS.entrySet()) {
                Path war = folder.resolve(each.getValue() + ".war");
                new TestWebApp(WEBAPPS.resolve(each.getValue())).pack(war);
                applications.put(each.getKey(), war);
            }
            return applications;
        }
    }

    /** What a visitor does, however the webapps came there. */
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    abstract static class Samples {
        private Site site;

        abstract Map<String, Path> applications(Path folder) throws IOException;

        @BeforeAll
        void deploy(@TempDir Path folder) throws Exception {
            site = Site.of(applications(folder));
        }

        @AfterAll
        void stop() throws Exception {
            int encoders = site.encodersInUse();
            site.close();
            assertEquals(0, encoders, "encoders that no response gave back");
        }

        @ParameterizedTest
        @ValueSource(strings = {"/", "/fused/", "/servlet/"})
        void theFirstPageIsTheFile(String path) throws Exception {
            String folder = FOLDERS.get(path.substring(0, path.length() - 1));
            HttpResponse<String> answer = site.get(path);
            assertEquals(200, answer.statusCode());
            assertEquals(
                    Files.readString(WEBAPPS.resolve(folder).resolve("index.html")), answer.body());
        }

        @Test
        void everyLinkOfTheFirstPagesLeadsSomewhere() throws Exception {
            int followed = 0;
            for (String path : List.of("/", "/fused/", "/servlet/")) {
                List<String> links =
                        Pattern.compile("href=\"([^\"#]+)\"")
                                .matcher(site.get(path).body())
                                .results()
                                .map(each -> each.group(1))
                                .filter(each -> !each.matches("[a-z]+:.*"))
                                .toList();
                for (String link : links) {
                    HttpResponse<InputStream> answer =
                            site.open(site.uri(path).resolve(link).getPath());
                    answer.body().close();
                    assertEquals(200, answer.statusCode(), path + " links to " + link);
                    followed++;
                }
            }
            assertTrue(followed > 5, followed + " links");
        }

        @Test
        void fusedHandlersGreetAndEcho() throws Exception {
            assertEquals("Hello from a fused handler\n", site.get("/fused/hello").body());
            assertEquals("Hello J\u00f6rg\n", site.get("/fused/hello/J%C3%B6rg").body());
            HttpResponse<String> message = site.get("/fused/message.json");
            assertEquals("{\"message\":\"Hello, World!\"}", message.body());
            assertEquals("no-store", message.headers().firstValue("Cache-Control").orElse(""));
            HttpRequest.BodyPublisher content = HttpRequest.BodyPublishers.ofString("back to me");
            HttpResponse<String> echo = site.send(site.request("/fused/echo").POST(content));
            assertEquals("back to me", echo.body());
            assertEquals(400, site.post("/fused/echo", "").statusCode());
        }

        @ParameterizedTest
        @ValueSource(strings = {"identity", "gzip", "zstd"})
        void theStreamingPageArrivesRowByRow(String coding) throws Exception {
            try (RawClient client = open("/servlet/stream", coding)) {
                BufferedReader page = content(client, coding);
                String line = page.readLine();
                while (!line.startsWith("<li>")) {
                    line = page.readLine();
                }
                assertEquals("<li>Row 1 of 10</li>", line);
                assertEquals(
                        0,
                        client.in().available(),
                        "row 1 was decoded, and nothing more has been sent");
                assertEquals("<li>Row 2 of 10</li>", page.readLine());
            }
        }

        @Test
        void theStreamingPageEnds() throws Exception {
            String page = site.get("/servlet/stream?millis=10").body();
            assertTrue(page.contains("<li>Row 10 of 10</li>\n</ol>"), page);
            assertTrue(page.endsWith("</html>\n"), page);
        }

        @ParameterizedTest
        @ValueSource(strings = {"identity", "gzip", "zstd"})
        void eventsAreDecodedOneByOne(String coding) throws Exception {
            try (RawClient client = open("/servlet/events?count=5&millis=100", coding)) {
                BufferedReader events = content(client, coding);
                for (int id = 1; id <= 5; id++) {
                    assertEquals("id: " + id, events.readLine());
                    String data = events.readLine();
                    assertTrue(data.matches("data: event " + id + " at \\S+Z"), data);
                    assertEquals("", events.readLine());
                    if (id < 5) {
                        assertEquals(0, client.in().available(), "bytes beyond event " + id);
                    }
                }
                assertEquals("event: end", events.readLine());
                assertEquals("data: that was all", events.readLine());
                assertEquals("", events.readLine());
                assertEquals(null, events.readLine());
            }
        }

        private RawClient open(String path, String coding) throws IOException {
            RawClient client = site.connect();
            return client.send(
                    """
                    GET %s HTTP/1.1
                    Host: localhost
                    Accept-Encoding: %s

                    """
                            .formatted(path, coding));
        }

        private static BufferedReader content(RawClient client, String coding) throws IOException {
            String head = client.readHead();
            boolean encoded = head.contains("Content-Encoding: " + coding + "\n");
            assertEquals(!coding.equals("identity"), encoded, head);
            InputStream content = new ChunkedInput(client);
            InputStream decoded =
                    switch (coding) {
                        case "gzip" -> new GZIPInputStream(content, 1);
                        case "zstd" -> new ZstdInputStream(content).setContinuous(true);
                        default -> content;
                    };
            return new BufferedReader(new InputStreamReader(decoded, StandardCharsets.UTF_8), 1);
        }

        @Test
        void curlDecodesTheEvents() throws Exception {
            Path curl = Path.of("/usr/bin/curl");
            Assumptions.assumeTrue(Files.isExecutable(curl), "curl is not installed");
            Process process =
                    new ProcessBuilder(
                                    curl.toString(),
                                    "--silent",
                                    "--show-error",
                                    "--no-buffer",
                                    "--compressed",
                                    "--noproxy",
                                    "*",
                                    "--max-time",
                                    "10",
                                    "--dump-header",
                                    "-",
                                    site.uri("/servlet/events?count=5&millis=50").toString())
                            .redirectErrorStream(true)
                            .start();
            String output =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertTrue(process.waitFor(10, TimeUnit.SECONDS));
            assertEquals(0, process.exitValue(), output);
            assertTrue(output.matches("(?s).*Content-Encoding: (gzip|zstd)\r\n.*"), output);
            String events = output.substring(output.indexOf("\r\n\r\n") + 4);
            assertTrue(
                    events.matches(
                            "(id: \\d\ndata: event \\d at \\S+\n\n){5}"
                                    + "event: end\ndata: that was all\n\n"),
                    output);
        }

        @Test
        void theGuestBookKeepsWhatWasSigned() throws Exception {
            HttpResponse<String> signed = site.post("/servlet/guests", "name=Ada+%3CL%3E");
            assertEquals(302, signed.statusCode());
            String cookie = signed.headers().firstValue("Set-Cookie").orElseThrow();
            assertTrue(cookie.matches("JSESSIONID=[^;]{16,};.*"), cookie);
            List<String> attributes = List.of(cookie.split("; *"));
            assertTrue(attributes.containsAll(List.of("Path=/servlet", "HttpOnly")), cookie);
            String location = signed.headers().firstValue("Location").orElseThrow();
            String target = site.uri("/servlet/guests").resolve(location).getPath();
            assertEquals("/servlet/guests", target.replaceFirst(";.*", ""));
            assertTrue(site.get(target).body().contains("<li>Ada &lt;L&gt;</li>"));
            assertEquals(400, site.post("/servlet/guests", "name=+").statusCode());
        }
    }
}

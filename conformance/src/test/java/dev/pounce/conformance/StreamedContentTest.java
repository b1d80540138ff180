package dev.pounce.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.github.luben.zstd.ZstdInputStream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/** The sample's event stream, as other programs receive and decode it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
class StreamedContentTest {
    private static final Path SAMPLE =
            Path.of(System.getProperty("pounce.root"), "webapps", "servlet");
    private static final String EVENTS = "/servlet/events?count=200&millis=0";

    private Site site;

    @BeforeAll
    void deploy() throws Exception {
        site = Site.of(Map.of("/servlet", SAMPLE));
    }

    @AfterAll
    void stop() throws Exception {
        site.close();
    }

    private static void assertEvents(byte[] content) {
        String text = new String(content, StandardCharsets.UTF_8);
        StringBuilder expected = new StringBuilder();
        for (int i = 1; i <= 200; i++) {
            expected.append("id: ").append(i).append("\ndata: event ").append(i).append("\n\n");
        }
        expected.append("event: end\ndata: that was all\n\n");
        assertEquals(expected.toString(), text.replaceAll(" at \\S+Z\n", "\n"));
    }

    private static byte[] run(Path errors, List<String> command) throws Exception {
        Process process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
        byte[] output = process.getInputStream().readAllBytes();
        assertEquals(0, process.waitFor(), () -> command + ": " + read(errors));
        return output;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }

    private Path received(Path folder, String coding, String version) throws Exception {
        Path curl = Tools.find("curl").orElse(null);
        assumeTrue(curl != null, "curl is not installed");
        Path raw = folder.resolve("raw");
        run(
                folder.resolve("errors"),
                List.of(
                        curl.toString(),
                        "-sS",
                        "--fail",
                        "--max-time",
                        "20",
                        "--noproxy",
                        "*",
                        "--http" + version,
                        "-H",
                        "Accept-Encoding: " + coding,
                        "-o",
                        raw.toString(),
                        site.uri(EVENTS).toString()));
        return raw;
    }

    @ParameterizedTest
    @CsvSource({"zstd, 1.1", "zstd, 1.0", "gzip, 1.1", "gzip, 1.0"})
    void theCommandLinesDecodeWhatCurlReceived(String coding, String version, @TempDir Path folder)
            throws Exception {
        Path tool = Tools.find(coding.equals("zstd") ? "zstd" : "gunzip").orElse(null);
        assumeTrue(tool != null, "no command line for " + coding + " is installed");
        Path raw = received(folder, coding, version);
        List<String> command = new ArrayList<>(List.of(tool.toString(), "-dc"));
        if (coding.equals("gzip")) {
            command.set(1, "-c");
        }
        Process process =
                new ProcessBuilder(command)
                        .redirectInput(raw.toFile())
                        .redirectError(folder.resolve("errors").toFile())
                        .start();
        byte[] decoded = process.getInputStream().readAllBytes();
        assertEquals(0, process.waitFor(), () -> read(folder.resolve("errors")));
        assertEvents(decoded);
    }

    @Test
    void withoutACodingCurlHasTheEventsThemselves(@TempDir Path folder) throws Exception {
        assertEvents(Files.readAllBytes(received(folder, "identity", "1.0")));
    }

    @Test
    void curlDecodesByItself(@TempDir Path folder) throws Exception {
        Path curl = Tools.find("curl").orElse(null);
        assumeTrue(curl != null, "curl is not installed");
        assertEvents(
                run(
                        folder.resolve("errors"),
                        List.of(
                                curl.toString(),
                                "-sS",
                                "--compressed",
                                "--max-time",
                                "20",
                                "--noproxy",
                                "*",
                                site.uri(EVENTS).toString())));
    }

    @ParameterizedTest
    @ValueSource(strings = {"zstd", "gzip", "identity"})
    void theClientOfTheJdkReceivesWhatCanBeDecoded(String coding) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<InputStream> answer =
                    client.send(
                            site.request(EVENTS, "Accept-Encoding", coding).build(),
                            HttpResponse.BodyHandlers.ofInputStream());
            String said = answer.headers().firstValue("Content-Encoding").orElse("identity");
            assertEquals(coding, said);
            assertTrue(answer.headers().firstValue("Content-Length").isEmpty());
            try (InputStream content = decoded(answer.body(), coding)) {
                assertEvents(content.readAllBytes());
            }
        }
    }

    private static InputStream decoded(InputStream content, String coding) throws IOException {
        return switch (coding) {
            case "zstd" -> new ZstdInputStream(content);
            case "gzip" -> new GZIPInputStream(content);
            default -> content;
        };
    }
}

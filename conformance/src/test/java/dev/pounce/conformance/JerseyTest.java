package dev.pounce.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Resources of Jakarta REST, found by Jersey's ServletContainerInitializer. */
class JerseyTest {
    private static Site site;

    @BeforeAll
    static void deploy() throws Exception {
        site = Site.of(Map.of("/jersey", OwnWebApps.folder("jersey")));
    }

    @AfterAll
    static void stop() throws Exception {
        int encoders = site.encodersInUse();
        site.close();
        assertEquals(0, encoders, "encoders that no response gave back");
    }

    private static HttpResponse<String> send(
            String method, String path, String type, String content)
            throws IOException, InterruptedException {
        return site.send(
                site.request("/jersey/api/" + path, "Content-Type", type)
                        .method(method, HttpRequest.BodyPublishers.ofString(content)));
    }

    @Test
    void aTaskIsAddedChangedReadBackAndRemoved() throws Exception {
        HttpResponse<String> added =
                send("POST", "tasks", "application/json", "{\"title\":\"Größe\"}");
        assertEquals(201, added.statusCode(), added.body());
        String location = added.headers().firstValue("Location").orElseThrow();
        assertTrue(location.startsWith(site.uri("/jersey/api/tasks/").toString()), location);
        String path = location.substring(site.uri("/").toString().length() - 1);
        assertTrue(site.get(path).body().contains("\"done\":false"));
        String relative = path.substring("/jersey/api/".length());
        assertEquals(
                200, send("PATCH", relative, "application/json", "{\"done\":true}").statusCode());
        HttpResponse<String> changed = site.get(path);
        assertTrue(changed.body().contains("\"done\":true"), changed.body());
        assertTrue(changed.body().contains("\"title\":\"Größe\""), changed.body());
        String tag = changed.headers().firstValue("ETag").orElseThrow();
        assertEquals(304, site.get(path, "If-None-Match", tag).statusCode());
        assertEquals(204, site.send(site.request(path).DELETE()).statusCode());
        HttpResponse<String> missing = site.get(path);
        assertEquals(404, missing.statusCode());
        assertTrue(missing.body().startsWith("no task "), missing.body());
    }

    @Test
    void aFormKeepsANameInTheSession() throws Exception {
        HttpResponse<String> answer = site.post("/jersey/api/form", "name=J%C3%BCrgen");
        assertEquals(303, answer.statusCode());
        assertEquals(
                site.uri("/jersey/api/form").toString(),
                answer.headers().firstValue("Location").orElseThrow());
        String page = site.get("/jersey/api/form").body();
        assertTrue(page.contains("<p>Hello, Jürgen</p>"), page);
    }

    @Test
    void aFileIsUploaded() throws Exception {
        byte[] file = Multipart.file(300_000);
        HttpRequest.Builder request = site.request("/jersey/api/form/upload");
        HttpResponse<String> answer =
                site.send(Multipart.send(request, "Title", "file", "a.bin", file));
        assertEquals("Title: " + Multipart.description("a.bin", file), answer.body());
    }

    private static void awaitWaiting(int count) throws Exception {
        while (Integer.parseInt(site.get("/jersey/api/later/waiting").body()) < count) {
            Thread.onSpinWait();
        }
    }

    @Test
    void asynchronousAnswersComeWhenAnotherRequestSaysSo() throws Exception {
        CompletableFuture<HttpResponse<String>> waits = site.begin("/jersey/api/later");
        awaitWaiting(1);
        send("POST", "later", "text/plain", "now");
        assertEquals("now", waits.get(20, TimeUnit.SECONDS).body());
        HttpResponse<String> broken = site.get("/jersey/api/later/broken");
        assertEquals(404, broken.statusCode());
        assertEquals("no task 7", broken.body());
    }

    @Test
    void eventsComeWhenTheyAreSent() throws Exception {
        HttpResponse<java.io.InputStream> events = site.open("/jersey/api/later/events");
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(events.body(), StandardCharsets.UTF_8))) {
            awaitWaiting(1);
            for (int i = 0; i < 5; i++) {
                send("POST", "later", "text/plain", "event " + i);
                assertEquals("data: event " + i, lines.readLine());
                assertEquals("", lines.readLine());
            }
            send("POST", "later/close", "text/plain", "");
            assertEquals(null, lines.readLine());
        }
    }

    private static String lines(String word, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> word + " " + i + "\n")
                .collect(Collectors.joining());
    }

    @Test
    void piecesAndLinesComeWhole() throws Exception {
        assertEquals(lines("piece", 500), site.get("/jersey/api/later/pieces?count=500").body());
        assertEquals(lines("line", 20_000), site.get("/jersey/api/later/lines?count=20000").body());
    }

    @Test
    void whatNoResourceTakesIsRefusedWithTheRightStatus() throws Exception {
        assertEquals(404, site.get("/jersey/api/nowhere").statusCode());
        assertEquals(404, site.get("/jersey/nowhere").statusCode());
        HttpResponse<String> refused = send("PUT", "tasks", "application/json", "{}");
        assertEquals(405, refused.statusCode());
        assertTrue(refused.headers().firstValue("Allow").orElse("").contains("POST"));
        assertEquals(415, send("POST", "tasks", "text/plain", "text").statusCode());
        HttpRequest.Builder options =
                site.request("/jersey/api/tasks")
                        .method("OPTIONS", HttpRequest.BodyPublishers.noBody());
        assertEquals(200, site.send(options).statusCode());
    }
}

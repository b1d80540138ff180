package dev.pounce.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A Spring MVC application, started by Spring's ServletContainerInitializer. */
class SpringMvcTest {
    private static Site site;

    @BeforeAll
    static void deploy() throws Exception {
        site = Site.of(Map.of("/spring", OwnWebApps.folder("spring-mvc")));
    }

    @AfterAll
    static void stop() throws Exception {
        int encoders = site.encodersInUse();
        site.close();
        assertEquals(0, encoders, "encoders that no response gave back");
    }

    private static HttpResponse<String> addNote(String text) throws Exception {
        return site.send(
                site.request("/spring/api/notes", "Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString("{\"text\":\"" + text + "\"}")));
    }

    @Test
    void aFormAddsANoteAndThePageShowsItOnceWithAMessageOutOfTheSession() throws Exception {
        HttpResponse<String> answer =
                site.post("/spring/notes", "text=Caf%C3%A9+%3Cb%3E+%E2%82%AC");
        assertEquals(302, answer.statusCode());
        String location = answer.headers().firstValue("Location").orElseThrow();
        String page = site.get(site.uri("/spring/notes").resolve(location).getPath()).body();
        assertTrue(page.contains(": Café &lt;b&gt; €</li>"), page);
        assertTrue(page.contains("<p id=\"message\">Added "), page);
        String again = site.get("/spring/").body();
        assertFalse(again.contains("message"), again);
        assertEquals(visits(page) + 1, visits(again));
    }

    private static int visits(String page) {
        Matcher found = Pattern.compile("<p id=\"visits\">(\\d+)</p>").matcher(page);
        assertTrue(found.find(), page);
        return Integer.parseInt(found.group(1));
    }

    @Test
    void anEmptyFormFieldIsRefusedWithAMessage() throws Exception {
        assertEquals(302, site.post("/spring/notes", "text=+").statusCode());
        String page = site.get("/spring/").body();
        assertTrue(page.contains("<p id=\"message\">A note needs a text.</p>"), page);
    }

    @Test
    void jsonIsAddedReadBackAndRemoved() throws Exception {
        HttpResponse<String> added = addNote("from json");
        assertEquals(201, added.statusCode());
        String path =
                site.uri("/")
                        .resolve(added.headers().firstValue("Location").orElseThrow())
                        .getPath();
        assertEquals(added.body(), site.get(path).body());
        HttpRequest.Builder delete = site.request(path).DELETE();
        assertEquals(204, site.send(delete).statusCode());
        HttpResponse<String> missing = site.get(path);
        assertEquals(404, missing.statusCode());
        assertTrue(missing.body().startsWith("missing: no note "), missing.body());
    }

    @Test
    void aListHasATagThatIsGoodForATimeOnly() throws Exception {
        addNote("one");
        HttpResponse<String> list = site.get("/spring/api/notes");
        String tag = list.headers().firstValue("ETag").orElseThrow();
        assertEquals(304, site.get("/spring/api/notes", "If-None-Match", tag).statusCode());
        addNote("two");
        assertEquals(200, site.get("/spring/api/notes", "If-None-Match", tag).statusCode());
    }

    @Test
    void aFileIsUploadedAndOneAboveTheLimitRefused() throws Exception {
        byte[] file = Multipart.file(70_000);
        HttpResponse<String> answer =
                site.send(
                        Multipart.send(
                                site.request("/spring/upload"), "Title", "file", "a.bin", file));
        assertEquals("Title: " + Multipart.description("a.bin", file), answer.body());
        HttpResponse<String> refused =
                site.send(
                        Multipart.send(
                                site.request("/spring/upload"),
                                "Title",
                                "file",
                                "b.bin",
                                Multipart.file(150_000)));
        assertEquals(413, refused.statusCode(), refused.body());
    }

    private static void awaitWaiting(int count) throws Exception {
        while (Integer.parseInt(site.get("/spring/api/waiting").body()) < count) {
            Thread.onSpinWait();
        }
    }

    @Test
    void aDeferredResultAnswersWhenAnotherRequestHasCome() throws Exception {
        CompletableFuture<HttpResponse<String>> next = site.begin("/spring/api/next");
        awaitWaiting(1);
        HttpResponse<String> added = addNote("waited for");
        assertEquals(added.body(), next.get(20, TimeUnit.SECONDS).body());
    }

    @Test
    void aCallableAnswersFromItsOwnThreadAndItsFailureIsMapped() throws Exception {
        String thread = site.get("/spring/api/later?fail=false").body();
        assertTrue(thread.startsWith("notes-"), thread);
        HttpResponse<String> failed = site.get("/spring/api/later?fail=true");
        assertEquals(404, failed.statusCode());
        assertEquals("missing: later", failed.body());
    }

    @Test
    void eventsComeWhenTheyAreSentAndTheStreamEnds() throws Exception {
        HttpResponse<java.io.InputStream> events = site.open("/spring/api/events");
        assertEquals(
                "text/event-stream;charset=UTF-8",
                events.headers().firstValue("Content-Type").orElseThrow());
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(events.body(), StandardCharsets.UTF_8))) {
            assertEquals(":ready", lines.readLine());
            assertEquals("", lines.readLine());
            awaitWaiting(1);
            for (int i = 0; i < 5; i++) {
                String note = addNote("event " + i).body();
                String id = lines.readLine();
                assertTrue(id.startsWith("id:"), id);
                assertEquals("data:" + note, lines.readLine());
                assertEquals("", lines.readLine());
            }
            site.send(site.request("/spring/api/close").POST(HttpRequest.BodyPublishers.noBody()));
            assertEquals(null, lines.readLine());
        }
    }

    @Test
    void aStreamingBodyComesWhole() throws Exception {
        String expected =
                IntStream.range(0, 5000)
                        .mapToObj(i -> "line " + i + "\n")
                        .collect(Collectors.joining());
        assertEquals(expected, site.get("/spring/api/lines?count=5000").body());
    }

    @Test
    void staticFilesAreServedWithRangesAndDates() throws Exception {
        HttpResponse<String> whole = site.get("/spring/assets/notes.css");
        assertEquals(
                "text/css;charset=UTF-8", whole.headers().firstValue("Content-Type").orElseThrow());
        HttpResponse<String> part = site.get("/spring/assets/notes.css", "Range", "bytes=0-3");
        assertEquals(206, part.statusCode());
        assertEquals("body", part.body());
        String modified = whole.headers().firstValue("Last-Modified").orElseThrow();
        assertEquals(
                304,
                site.get("/spring/assets/notes.css", "If-Modified-Since", modified).statusCode());
        assertEquals(404, site.get("/spring/assets/nothing.css").statusCode());
    }

    @Test
    void whatNoHandlerTakesIsRefusedWithTheRightStatus() throws Exception {
        assertEquals(404, site.get("/spring/nowhere").statusCode());
        assertEquals(405, site.get("/spring/upload").statusCode());
        HttpRequest.Builder text =
                site.request("/spring/api/notes", "Content-Type", "text/plain")
                        .POST(HttpRequest.BodyPublishers.ofString("text"));
        assertEquals(415, site.send(text).statusCode());
        HttpRequest.Builder broken =
                site.request("/spring/api/notes", "Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString("{"));
        assertEquals(400, site.send(broken).statusCode());
        HttpRequest.Builder head =
                site.request("/spring/api/notes")
                        .method("HEAD", HttpRequest.BodyPublishers.noBody());
        HttpResponse<String> answer = site.send(head);
        assertEquals(200, answer.statusCode());
        assertEquals("", answer.body());
    }
}

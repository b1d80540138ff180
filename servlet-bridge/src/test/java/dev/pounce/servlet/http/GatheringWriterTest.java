package dev.pounce.servlet.http;

import static dev.pounce.servlet.http.ServletServer.answer;
import static dev.pounce.servlet.http.ServletServer.body;
import static dev.pounce.servlet.http.ServletServer.content;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pounce.testing.RawClient;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A writer gathers small pieces, and nobody but a clock can tell. */
@Timeout(60)
class GatheringWriterTest {
    private static final String TEXT = "text/plain;charset=UTF-8";

    @ParameterizedTest
    @CsvSource({"0123456789, UTF-8, 10", "\u00e9\u4e2d, UTF-8, 5", "\u00e9, ISO-8859-1, 1"})
    void theResponseIsCommittedByTheByteThatTheBufferHasNoRoomFor(
            String piece, String charset, int bytes) throws Exception {
        answer(
                (request, r) -> {
                    r.setContentType("text/plain;charset=" + charset);
                    r.setBufferSize(5000);
                    PrintWriter writer = r.getWriter();
                    for (int i = 0; i < 5000 / bytes; i++) {
                        writer.print(piece);
                        assertFalse(r.isCommitted(), i + " pieces");
                    }
                    // what was gathered last is with the response when somebody asks for it
                    writer.print('.');
                    r.flushBuffer();
                    assertTrue(r.isCommitted());
                    assertEquals(5001, r.pipeline().written());
                });
    }

    @Test
    void aPieceThatExceedsTheBufferCommits() throws Exception {
        String response =
                answer(
                        (request, r) -> {
                            r.setContentType(TEXT);
                            r.setBufferSize(300);
                            PrintWriter writer = r.getWriter();
                            for (int i = 0; i < 30; i++) {
                                writer.print("0123456789");
                            }
                            assertFalse(r.isCommitted());
                            writer.print("x");
                            assertTrue(r.isCommitted());
                            r.setHeader("Late", "1");
                        });
        assertFalse(response.contains("Late"), response);
        assertEquals("0123456789".repeat(30) + "x", content(response));
    }

    @Test
    void whatWasPrintedCountsWhereSomethingIsDecidedByIt() throws Exception {
        String response =
                answer(
                        (request, r) -> {
                            r.setContentType(TEXT);
                            r.getWriter().print("twelve bytes");
                            assertThrows(IllegalStateException.class, () -> r.setBufferSize(9999));
                            assertThrows(IllegalStateException.class, () -> r.setContentLength(11));
                            r.setContentLength(15);
                            r.getWriter().print(", x");
                            assertTrue(r.isCommitted());
                            r.getWriter().print("dropped");
                        });
        assertTrue(response.contains("Content-Length: 15\r\n"), response);
        assertEquals("twelve bytes, x", body(response));
    }

    @Test
    void aResetDropsWhatWasPrinted() throws Exception {
        String response =
                answer(
                        (request, r) -> {
                            r.setContentType(TEXT);
                            PrintWriter writer = r.getWriter();
                            writer.print("dropped");
                            r.resetBuffer();
                            writer.print("dropped too \ud83d");
                            r.reset();
                            // not asked for anew, as Tomcat's applications may
                            writer.print("from the old ");
                            r.setContentType(TEXT);
                            r.getWriter().print("from the new");
                            writer.print(", from the old");
                        });
        assertEquals("from the old from the new, from the old", body(response));
    }

    @Test
    void anErrorPageHasNothingOfWhatWasPrinted() throws Exception {
        String response =
                answer(
                        (request, r) -> {
                            r.setContentType(TEXT);
                            r.getWriter().print("dropped");
                            PrintWriter writer = r.getWriter();
                            r.sendError(404);
                            writer.print("dropped too");
                        });
        assertEquals("error 404", body(response));
    }

    @Test
    void aFlushOfTheBufferSendsWhatWasPrinted() throws Exception {
        CountDownLatch seen = new CountDownLatch(1);
        try (ServletServer server =
                        new ServletServer(
                                (request, r) -> {
                                    r.setContentType(TEXT);
                                    r.getWriter().print("first");
                                    r.flushBuffer();
                                    assertTrue(seen.await(30, TimeUnit.SECONDS));
                                    r.getWriter().print("second");
                                });
                RawClient client = server.open("/app/s/x")) {
            client.readHead();
            assertEquals("first", new String(client.readChunk(), StandardCharsets.US_ASCII));
            seen.countDown();
            assertEquals("second", new String(client.readChunk(), StandardCharsets.US_ASCII));
        }
    }

    @Test
    void aTypeWhoseWritesAreFlushedCountsFromThenOn() throws Exception {
        try (ServletServer server =
                        new ServletServer(
                                (request, r) -> {
                                    r.setContentType(TEXT);
                                    PrintWriter writer = r.getWriter();
                                    writer.print("a");
                                    writer.print("b");
                                    r.setContentType("text/event-stream");
                                    writer.print("c");
                                    writer.print("d");
                                });
                RawClient client = server.open("/app/s/x")) {
            client.readHead();
            assertEquals("abc", new String(client.readChunk(), StandardCharsets.US_ASCII));
            assertEquals("d", new String(client.readChunk(), StandardCharsets.US_ASCII));
        }
    }

    @Test
    void aClosedWriterTakesNothingAndSaysSo() throws Exception {
        String response =
                answer(
                        (request, r) -> {
                            r.setContentType(TEXT);
                            PrintWriter writer = r.getWriter();
                            writer.print("whole");
                            assertFalse(writer.checkError());
                            writer.close();
                            writer.print("dropped");
                            assertTrue(writer.checkError());
                        });
        assertTrue(body(response).contains("whole"), response);
        assertFalse(response.contains("dropped"), response);
    }

    /** As from the start of asynchronous processing on. */
    @Test
    void whatSeveralThreadsPrintStaysWholeOnceTheyShareTheResponse() throws Exception {
        int threads = 4;
        int lines = 2_000;
        String response =
                answer(
                        (request, r) -> {
                            r.setContentType(TEXT);
                            PrintWriter writer = r.getWriter();
                            writer.print("begin\n");
                            r.share();
                            List<Thread> running = new ArrayList<>();
                            for (int t = 0; t < threads; t++) {
                                String line = "thread " + t + " prints a line \u00e9\u4e2d";
                                running.add(
                                        Thread.startVirtualThread(
                                                () -> {
                                                    for (int i = 0; i < lines; i++) {
                                                        writer.println(line);
                                                    }
                                                }));
                            }
                            for (Thread thread : running) {
                                thread.join();
                            }
                        });
        String content = content(response);
        List<String> printed = Arrays.asList(content.split("\n"));
        assertEquals("begin", printed.getFirst());
        assertEquals(1 + threads * lines, printed.size());
        for (int t = 0; t < threads; t++) {
            String line =
                    new String(
                            ("thread " + t + " prints a line \u00e9\u4e2d")
                                    .getBytes(StandardCharsets.UTF_8),
                            StandardCharsets.ISO_8859_1);
            assertEquals(lines, printed.stream().filter(line::equals).count());
        }
    }
}

package dev.pounce.servlet.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pounce.config.ServerConfig;
import dev.pounce.testing.RawClient;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Races the first write of a thread that a servlet has started against the {@code startAsync} that
 * the servlet calls then: no buffer may have two owners, so no answer has another one's bytes.
 */
@Timeout(120)
class EarlyWriterRaceTest {
    private static final int CLIENTS = 4;
    private static final int ROUNDS = 150;
    private static final int PARTS = 12;
    private static final int PART = 1000;

    private static final String SERVLET =
            """
            @WebServlet(urlPatterns = "/*", asyncSupported = true)
            public class Early extends HttpServlet {
                protected void service(HttpServletRequest q, HttpServletResponse r) throws IOException {
                    byte[] part = new byte[1000];
                    Arrays.fill(part, (byte) q.getQueryString().charAt(0));
                    r.setContentType("text/plain");
                    ServletOutputStream out = r.getOutputStream();
                    if (q.getPathInfo().equals("/place")) {
                        write(out, part);
                        return;
                    }
                    var isReady = new java.util.concurrent.atomic.AtomicBoolean();
                    var begins = new java.util.concurrent.atomic.AtomicBoolean();
                    var started = new java.util.concurrent.CompletableFuture<AsyncContext>();
                    int later = java.util.concurrent.ThreadLocalRandom.current().nextInt(400);
                    Thread.ofPlatform().start(() -> {
                        isReady.set(true);
                        while (!begins.get()) { Thread.onSpinWait(); }
                        try {
                            write(out, part);
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        } finally {
                            started.join().complete();
                        }
                    });
                    while (!isReady.get()) { Thread.onSpinWait(); }
                    begins.set(true);
                    for (int i = 0; i < later; i++) { Thread.onSpinWait(); }
                    started.complete(q.startAsync());
                }
                private static void write(ServletOutputStream out, byte[] part) throws IOException {
                    for (int i = 0; i < 12; i++) {
                        out.write(part);
                        if (i % 4 == 1) { out.flush(); }
                    }
                }
            }
            """;

    @TempDir Path folder;

    @Test
    void everyAnswerHasItsOwnBytes() throws Exception {
        ServerConfig config = ServerConfig.defaults().with("take_over.after", "1m");
        Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
        try (DeployedApp app = DeployedApp.start(DeployedApp.webapp(folder, SERVLET), config)) {
            List<Thread> clients = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                char own = (char) ('a' + i);
                clients.add(
                        Thread.ofVirtual()
                                .start(
                                        () -> {
                                            try (RawClient client = app.connect()) {
                                                ask(client, own);
                                            } catch (Throwable e) {
                                                failures.add(e);
                                            }
                                        }));
            }
            for (Thread each : clients) {
                each.join();
            }
        }
        assertEquals(List.of(), List.copyOf(failures));
    }

    private static void ask(RawClient client, char own) throws Exception {
        String whole = String.valueOf(own).repeat(PARTS * PART);
        for (int i = 0; i < ROUNDS; i++) {
            // what is answered in place leaves buffers near the thread
            for (String path : List.of("place", "place", "early")) {
                client.send("GET /app/%s?%s HTTP/1.1\nHost: h\n\n".formatted(path, own));
                client.readHead();
                ByteArrayOutputStream content = new ByteArrayOutputStream();
                byte[] chunk = client.readChunk();
                while (chunk.length > 0) {
                    content.write(chunk);
                    chunk = client.readChunk();
                }
                assertEquals(whole, content.toString(StandardCharsets.US_ASCII), path);
            }
        }
    }
}

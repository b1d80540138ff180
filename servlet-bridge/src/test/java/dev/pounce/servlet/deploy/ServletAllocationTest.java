package dev.pounce.servlet.deploy;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pounce.config.ServerConfig;
import dev.pounce.testing.RawClient;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** What the container allocates for a request that a servlet answers in place. */
class ServletAllocationTest {
    private static final int STREAM_BYTES = 2600;
    private static final int WRITER_BYTES = 5200;

    private static final String SERVLET =
            """
            @WebServlet("/s/*")
            public class Hello extends HttpServlet {
                private static final byte[] HELLO = "Hello, World!".getBytes();
                protected void doGet(HttpServletRequest q, HttpServletResponse r) throws IOException {
                    r.setContentType("text/plain");
                    if (q.getPathInfo().equals("/stream")) {
                        r.getOutputStream().write(HELLO);
                    } else {
                        r.getWriter().write("Hello, World!");
                    }
                }
            }
            """;

    @TempDir Path folder;

    @Test
    void thirteenBytesTakeLittleMemory() throws Exception {
        ServerConfig config = ServerConfig.defaults().with("take_over.after", "1m");
        try (DeployedApp app = DeployedApp.start(DeployedApp.webapp(folder, SERVLET), config)) {
            long stream = perRequest(app, "/s/stream");
            long writer = perRequest(app, "/s/writer");
            System.out.println("servlet request: " + stream + " bytes, by a writer " + writer);
            assertTrue(stream < STREAM_BYTES, stream + " bytes a request");
            assertTrue(writer < WRITER_BYTES, writer + " bytes a request by a writer");
        }
    }

    private static long perRequest(DeployedApp app, String path) throws Exception {
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long worker = app.server().server().workerThreadIds().get(0);
        byte[] request =
                """
                GET /app%s HTTP/1.1
                Host: localhost
                User-Agent: test
                Accept: */*

                """
                        .formatted(path)
                        .replace("\n", "\r\n")
                        .getBytes(StandardCharsets.ISO_8859_1);
        try (RawClient client = app.connect()) {
            client.sendBytes(request);
            String head = client.readHead();
            client.readBytes(13);
            int lines = head.length() - head.replace("\n", "").length();
            int answer =
                    head.length() + lines + 13 + "Date: Mon, 23 Nov 2026 00:00:00 GMT\r\n".length();
            long least = Long.MAX_VALUE;
            int count = 2_000;
            for (int round = 0; round < 5; round++) {
                long before = threads.getThreadAllocatedBytes(worker);
                for (int i = 0; i < count; i++) {
                    client.sendBytes(request);
                    client.readBytes(answer);
                }
                least = Math.min(least, (threads.getThreadAllocatedBytes(worker) - before) / count);
            }
            return least;
        }
    }
}

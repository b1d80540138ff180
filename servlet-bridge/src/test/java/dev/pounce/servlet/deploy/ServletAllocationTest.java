package dev.pounce.servlet.deploy;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pounce.config.ServerConfig;
import dev.pounce.testing.RawClient;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** What the container allocates for a request that a servlet answers in place. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ServletAllocationTest {
    private static final String SERVLET =
            """
            @WebServlet("/s/*")
            public class Hello extends HttpServlet {
                private static final byte[] HELLO = "Hello, World!".getBytes();
                private static final byte[] CHUNK = new byte[1024];
                protected void doGet(HttpServletRequest q, HttpServletResponse r) throws IOException {
                    r.setContentType("text/plain");
                    switch (q.getPathInfo()) {
                        case "/stream" -> r.getOutputStream().write(HELLO);
                        case "/writer" -> r.getWriter().write("Hello, World!");
                        case "/chunks" -> chunks(r.getOutputStream());
                        default -> page(r);
                    }
                }
                private static void chunks(ServletOutputStream output) throws IOException {
                    for (int i = 0; i < 64; i++) {
                        output.write(CHUNK);
                        output.flush();
                    }
                }
                private static void page(HttpServletResponse r) throws IOException {
                    r.setCharacterEncoding("UTF-8");
                    PrintWriter writer = r.getWriter();
                    for (int i = 0; i < 400; i++) {
                        writer.write("<td class=\\"price\\">");
                        writer.write(i % 2 == 0 ? "17.50" : "9.99");
                        writer.write("</td>\\n");
                    }
                }
            }
            """;

    private DeployedApp app;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        ServerConfig config = ServerConfig.defaults().with("take_over.after", "1m");
        app = DeployedApp.start(DeployedApp.webapp(folder, SERVLET), config);
    }

    @AfterAll
    void stop() throws Exception {
        app.close();
    }

    @ParameterizedTest
    @CsvSource({
        "stream, identity, 2200",
        "writer, identity, 2900",
        "chunks, identity, 2200",
        "chunks, gzip, 3100",
        "chunks, zstd, 3100",
        "page, identity, 8400",
        "page, gzip, 8400",
        "page, zstd, 8400"
    })
    void aRequestTakesLittleMemory(String path, String coding, int bytes) throws Exception {
        long taken = perRequest("/s/" + path, coding);
        System.out.println("servlet request, " + path + " in " + coding + ": " + taken + " bytes");
        assertTrue(taken < bytes, taken + " bytes a request");
    }

    private long perRequest(String path, String coding) throws Exception {
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long worker = app.server().server().workerThreadIds().get(0);
        byte[] request =
                """
                GET /app%s HTTP/1.1
                Host: localhost
                User-Agent: test
                Accept: */*
                Accept-Encoding: %s

                """
                        .formatted(path, coding)
                        .replace("\n", "\r\n")
                        .getBytes(StandardCharsets.ISO_8859_1);
        try (RawClient client = app.connect()) {
            client.sendBytes(request);
            String head = client.readHead();
            int content = readContent(client, head);
            int lines = head.length() - head.replace("\n", "").length();
            int date = "Date: Mon, 23 Nov 2026 00:00:00 GMT\r\n".length();
            int answer = head.length() + lines + date + content;
            long least = Long.MAX_VALUE;
            int count = 1_000;
            for (int round = 0; round < 6; round++) {
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

    /** Returns how long the content is with its framing. */
    private static int readContent(RawClient client, String head) throws IOException {
        if (!head.contains("chunked")) {
            int content = contentLength(head);
            client.readBytes(content);
            return content;
        }
        int length = 0;
        int chunk;
        do {
            chunk = client.readChunk().length;
            length += Integer.toHexString(chunk).length() + 2 + chunk + 2;
        } while (chunk > 0);
        return length;
    }

    private static int contentLength(String head) {
        return head.lines()
                .filter(line -> line.startsWith("Content-Length: "))
                .mapToInt(line -> Integer.parseInt(line.substring("Content-Length: ".length())))
                .findFirst()
                .orElseThrow(() -> new AssertionError(head));
    }
}

package dev.pounce.bench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.pounce.bench.app.Coding;
import dev.pounce.bench.app.Content;
import dev.pounce.bench.app.SessionServlet;
import dev.pounce.bench.app.Work;

import org.jspecify.annotations.Nullable;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Makes sure, before anything is measured, that a server gives the answer that all are to give:
 * some requests one after the other and, where that is measured, a pipelined batch, all over one
 * connection.
 */
final class AnswerCheck {

    private static final int TIMEOUT_MILLIS = 10_000;
    private static final Set<Work> OF_KNOWN_LENGTH =
            Set.of(Work.HELLO, Work.SERVLET, Work.ECHO, Work.FILE_100K, Work.FILE_1M);

    private final String server;
    private final Scenario scenario;
    private final byte[] content;
    private String cookie = "";
    private int answers;

    private AnswerCheck(String server, Scenario scenario) {
        this.server = server;
        this.scenario = scenario;
        this.content = scenario.work().content();
    }

    /**
     * Checks a server.
     *
     * @return the size of its answers
     * @throws BenchmarkException saying what is wrong
     */
    static AnswerSize check(String server, int port, Scenario scenario) {
        return new AnswerCheck(server, scenario).check(port);
    }

    /** How many answers a check asks for. */
    static int answers(Scenario scenario) {
        return batches(scenario).stream().mapToInt(batch -> batch).sum();
    }

    private static List<Integer> batches(Scenario scenario) {
        return List.of(1, 1, scenario.shape().depth());
    }

    private AnswerSize check(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(socket.getInputStream());
            AnswerSize size = null;
            for (int batch : batches(scenario)) {
                send(socket.getOutputStream(), port, batch);
                for (int i = 0; i < batch; i++) {
                    size = sameSize(size, answer(in));
                }
            }
            if (size == null) {
                throw new IllegalStateException("Nothing was asked for");
            }
            return size;
        } catch (IOException e) {
            throw new BenchmarkException(
                    server + " gives a wrong answer or none to " + scenario + ": " + e.getMessage(),
                    e);
        }
    }

    private void send(OutputStream out, int port, int times) throws IOException {
        Work work = scenario.work();
        StringBuilder request = new StringBuilder();
        request.append(work == Work.ECHO ? "POST " : "GET ").append(work.target());
        request.append(" HTTP/1.1\r\nHost: 127.0.0.1:").append(port).append("\r\n");
        if (scenario.coding() != Coding.IDENTITY) {
            request.append("Accept-Encoding: ").append(scenario.coding().label()).append("\r\n");
        }
        if (!cookie.isEmpty()) {
            request.append("Cookie: ").append(cookie).append("\r\n");
        }
        if (work == Work.ECHO) {
            request.append("Content-Type: ").append(work.type()).append("\r\nContent-Length: ");
            request.append(content.length).append("\r\n\r\n");
            request.append(new String(content, ISO_8859_1));
        } else {
            request.append("\r\n");
        }
        out.write(request.toString().repeat(times).getBytes(ISO_8859_1));
    }

    /** The first answer of a session is larger: it brings the cookie. */
    private AnswerSize sameSize(@Nullable AnswerSize before, AnswerSize size) throws IOException {
        boolean first = before == null || (scenario.work() == Work.SESSION && answers == 2);
        require(
                first || !size.exact() || size.equals(before),
                "answers of " + before + " and " + size);
        return size;
    }

    private AnswerSize answer(InputStream in) throws IOException {
        HttpAnswer answer = HttpAnswer.read(in);
        answers++;
        String head = answer.head();
        require(answer.status().startsWith("HTTP/1.1 200"), "status line " + answer.status());
        require(
                answer.field("content-type").startsWith(scenario.work().type()),
                "no Content-Type of " + scenario.work().type() + " in:\n" + head);
        require(!answer.field("date").isEmpty(), "no Date in:\n" + head);
        require(
                !answer.field("connection").toLowerCase(Locale.ROOT).contains("close"),
                "a Connection: close in:\n" + head);
        String coding = answer.field("content-encoding");
        require(
                coding.equals(
                        scenario.coding() == Coding.IDENTITY ? "" : scenario.coding().label()),
                "the Content-Encoding '" + coding + "' in:\n" + head);
        if (OF_KNOWN_LENGTH.contains(scenario.work())) {
            require(answer.chunks().isEmpty(), "no Content-Length in:\n" + head);
        }
        if (scenario.work() == Work.CHUNKS) {
            checkChunks(answer.chunks());
        }
        checkContent(answer.decoded(scenario.coding()));
        if (scenario.work() == Work.SESSION && cookie.isEmpty()) {
            cookie = answer.field("set-cookie").split(";", 2)[0];
        }
        boolean exact = answer.chunks().isEmpty() && scenario.coding() == Coding.IDENTITY;
        return new AnswerSize(answer.wireBytes(), exact);
    }

    /** What is coded may take more than one chunk for a flush, but not less. */
    private void checkChunks(List<Integer> sizes) throws IOException {
        require(
                sizes.size() >= Content.CHUNKS,
                sizes.size() + " chunks for " + Content.CHUNKS + " flushes");
        if (scenario.coding() == Coding.IDENTITY) {
            require(
                    sizes.stream().allMatch(size -> size == Content.CHUNK_BYTES),
                    "chunks of " + sizes + " bytes");
        }
    }

    private void checkContent(byte[] got) throws IOException {
        byte[] expected =
                scenario.work() == Work.SESSION
                        ? Integer.toString(SessionServlet.FIRST + answers).getBytes(US_ASCII)
                        : content;
        boolean right = Arrays.equals(got, expected);
        String shown = new String(got, 0, Math.min(80, got.length), US_ASCII);
        require(right, "a content of " + got.length + " bytes that begins with '" + shown + "'");
    }

    private static void require(boolean holds, String what) throws IOException {
        if (!holds) {
            throw new IOException(what);
        }
    }
}

package dev.pounce.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Makes sure, before anything is measured, that a server gives the answer that all are to give: two
 * requests one after the other and then a pipelined batch, all over one connection.
 */
final class AnswerCheck {

    /** The target of all requests. */
    static final String TARGET = "/hello";

    private static final String BODY = "Hello, World!";
    private static final int TIMEOUT_MILLIS = 5_000;
    private static final int MAX_HEAD = 8 << 10;
    private static final int BATCH = 16;

    private final String server;
    private final InputStream in;

    private AnswerCheck(String server, InputStream in) {
        this.server = server;
        this.in = in;
    }

    /**
     * Checks a server.
     *
     * @return the size of one answer in bytes, the same for all answers
     * @throws BenchmarkException saying what is wrong
     */
    static int check(String server, int port) {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        String request = "GET " + TARGET + " HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\n\r\n";
        try (Socket socket = new Socket(loopback, port)) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(socket.getInputStream());
            AnswerCheck check = new AnswerCheck(server, in);
            int size = 0;
            for (int batch : new int[] {1, 1, BATCH}) {
                socket.getOutputStream().write(request.repeat(batch).getBytes(US_ASCII));
                for (int i = 0; i < batch; i++) {
                    size = check.sameSize(size, check.answer());
                }
            }
            return size;
        } catch (IOException e) {
            throw new BenchmarkException(
                    server + " failed while its answers were checked: " + e.getMessage(), e);
        }
    }

    private int sameSize(int before, int size) {
        require(before == 0 || before == size, "answers of " + before + " and " + size + " bytes");
        return size;
    }

    private int answer() throws IOException {
        String head = head();
        List<String> lines = Arrays.asList(head.split("\r\n"));
        require(lines.getFirst().startsWith("HTTP/1.1 200"), "status line " + lines.getFirst());
        require(
                field(lines, "content-length").equals(Integer.toString(BODY.length())),
                "no Content-Length of " + BODY.length() + " in:\n" + head);
        require(
                field(lines, "content-type").startsWith("text/plain"),
                "no Content-Type of text/plain in:\n" + head);
        require(!field(lines, "date").isEmpty(), "no Date in:\n" + head);
        require(
                !field(lines, "connection").toLowerCase(Locale.ROOT).contains("close"),
                "a Connection: close in:\n" + head);
        String body = new String(in.readNBytes(BODY.length()), US_ASCII);
        require(body.equals(BODY), "the body '" + body + "'");
        return head.length() + body.length();
    }

    private String head() throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n", Math.max(0, head.length() - 4)) < 0) {
            int next = in.read();
            require(next >= 0, "an end of the connection after '" + head + "'");
            require(head.length() < MAX_HEAD, "a head of more than " + MAX_HEAD + " bytes");
            head.append((char) next);
        }
        return head.toString();
    }

    /** The value of a field, or an empty string. */
    private static String field(List<String> lines, String name) {
        String prefix = name + ":";
        Optional<String> field =
                lines.stream()
                        .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(prefix))
                        .findFirst();
        return field.map(line -> line.substring(prefix.length()).strip()).orElse("");
    }

    private void require(boolean holds, String what) {
        if (!holds) {
            throw new BenchmarkException(server + " gives a wrong answer: " + what);
        }
    }
}

package dev.pounce.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.pounce.bench.app.Coding;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/** Connections to a server that stay open, over each of which something was asked for. */
final class HeldConnections implements AutoCloseable {

    private static final int TIMEOUT_MILLIS = 10_000;

    private final ServerProcess server;
    private final List<Socket> open = new ArrayList<>();
    private int asked;

    HeldConnections(ServerProcess server) {
        this.server = server;
    }

    /**
     * Opens connections until there are so many, and reads the whole answer over each.
     *
     * @throws BenchmarkException when one is not answered with 200
     */
    void answered(int count, String target) {
        while (open.size() < count) {
            answered(add(), target);
        }
    }

    /** Asks so often over one connection, which stays; what came before is counted. */
    void answeredOverOne(int count, String target) {
        if (open.isEmpty()) {
            add();
        }
        for (; asked < count; asked++) {
            answered(open.getFirst(), target);
        }
    }

    /** Asks once more over the first and the last connection: they must have been kept. */
    void requireKept(String target) {
        for (Socket socket : List.of(open.getFirst(), open.getLast())) {
            answered(socket, target);
        }
    }

    /**
     * Opens connections until there are so many, and reads over each until the first chunk of the
     * answer has come.
     *
     * @throws BenchmarkException when one is not answered in this coding
     */
    void streaming(int count, String target, Coding coding) {
        while (open.size() < count) {
            Socket socket = add();
            try {
                InputStream in = ask(socket, target, coding);
                String head = HttpAnswer.readHead(in);
                String expected = coding == Coding.IDENTITY ? "" : coding.label();
                if (!head.startsWith("HTTP/1.1 200")
                        || !HttpAnswer.field(head, "content-encoding").equals(expected)
                        || in.read() < 0) {
                    throw new IOException("not 200 or not in " + coding.label() + ":\n" + head);
                }
            } catch (IOException e) {
                throw failure(e);
            }
        }
    }

    private Socket add() {
        try {
            Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
            open.add(socket);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            return socket;
        } catch (IOException e) {
            throw failure(e);
        }
    }

    private void answered(Socket socket, String target) {
        try {
            String status = HttpAnswer.read(ask(socket, target, Coding.IDENTITY)).status();
            if (!status.startsWith("HTTP/1.1 200")) {
                throw new IOException(status);
            }
        } catch (IOException e) {
            throw failure(e);
        }
    }

    private InputStream ask(Socket socket, String target, Coding coding) throws IOException {
        String request =
                "GET "
                        + target
                        + " HTTP/1.1\r\nHost: 127.0.0.1:"
                        + server.port()
                        + "\r\n"
                        + (coding == Coding.IDENTITY
                                ? ""
                                : "Accept-Encoding: " + coding.label() + "\r\n")
                        + "\r\n";
        socket.getOutputStream().write(request.getBytes(US_ASCII));
        return socket.getInputStream();
    }

    private BenchmarkException failure(IOException cause) {
        return new BenchmarkException(
                server.name()
                        + " failed with "
                        + open.size()
                        + " connections: "
                        + cause.getMessage(),
                cause);
    }

    @Override
    public void close() {
        for (Socket socket : open) {
            try {
                socket.close();
            } catch (IOException e) {
                // It is closed then.
            }
        }
    }
}

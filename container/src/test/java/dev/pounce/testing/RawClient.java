package dev.pounce.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A client that sends exactly the bytes of a test and shows exactly the bytes that come back. */
public final class RawClient implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 10_000;

    private final Socket socket;
    private final InputStream in;

    /** Connects to the loopback interface. */
    public RawClient(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        in = socket.getInputStream();
    }

    /**
     * Everything that comes back for a request on a connection of its own, with LF line ends and
     * without its Date.
     *
     * @param lines further lines of the head, each with its end
     */
    public static String ask(int port, String method, String target, String lines, String content)
            throws IOException {
        String length = content.isEmpty() ? "" : "Content-Length: " + content.length() + "\n";
        String head = method + " " + target + " HTTP/1.1\nHost: h\nConnection: close\n" + length;
        try (RawClient client = new RawClient(port)) {
            // one write: what comes in two may be seen in two, and does not start in place then
            client.sendExactly((head + lines + "\n").replace("\n", "\r\n") + content);
            return client.readToEnd();
        }
    }

    /** Sends a text block, whose line ends become CRLF. */
    public RawClient send(String textBlock) throws IOException {
        return sendBytes(textBlock.replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Sends text as it is. */
    public RawClient sendExactly(String text) throws IOException {
        return sendBytes(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Sends bytes. */
    public RawClient sendBytes(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
        return this;
    }

    /** Ends this side's output. */
    public RawClient shutdownOutput() throws IOException {
        socket.shutdownOutput();
        return this;
    }

    /** A head up to its empty line, with LF line ends and without its Date. */
    public String readHead() throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        int last = 0;
        while (true) {
            int b = in.read();
            if (b < 0) {
                throw new IOException("the connection ended inside a head: " + head);
            }
            head.write(b);
            last = last << 8 | b;
            if (last == 0x0d0a0d0a) {
                return head.toString(StandardCharsets.ISO_8859_1)
                        .replace("\r\n", "\n")
                        .replaceFirst("Date: [^\n]+\n", "");
            }
        }
    }

    /** The next bytes as text. */
    public String read(int count) throws IOException {
        return new String(readBytes(count), StandardCharsets.ISO_8859_1);
    }

    /** The next bytes. */
    public byte[] readBytes(int count) throws IOException {
        byte[] bytes = in.readNBytes(count);
        if (bytes.length < count) {
            throw new IOException("the connection ended after " + bytes.length + " of " + count);
        }
        return bytes;
    }

    /** The content of the next chunk; empty for the last one, whose trailers are read too. */
    public byte[] readChunk() throws IOException {
        int length = Integer.parseInt(readLine(), 16);
        byte[] chunk = readBytes(length);
        while (!readLine().isEmpty()) {
            if (length > 0) {
                throw new IOException("a chunk is longer than its size");
            }
        }
        return chunk;
    }

    private String readLine() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new IOException("the connection ended inside a line");
            }
            line.append((char) b);
        }
        return line.toString().trim();
    }

    /** Everything until the server closes. */
    public String readToEnd() throws IOException {
        return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1)
                .replace("\r\n", "\n")
                .replaceAll("Date: [^\n]+\n", "");
    }

    /** The server's input stream, for decoders. */
    public InputStream in() {
        return in;
    }

    /** The underlying socket. */
    public Socket socket() {
        return socket;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}

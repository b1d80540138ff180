package dev.pounce.testing;

import com.github.luben.zstd.Zstd;

import dev.pounce.Pounce;
import dev.pounce.config.ServerConfig;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;

/**
 * A server with a webapp of files at /s. Those that {@link #file} writes have rested since {@link
 * #MODIFIED}.
 */
public final class FileSite implements AutoCloseable {

    /** What Last-Modified says of them. */
    public static final String MODIFIED = "Sun, 03 Nov 2024 10:20:30 GMT";

    private static final Instant REST = Instant.parse("2024-11-03T10:20:30.500Z");

    private final Path root;
    private final Pounce server;

    /** Writes files before the webapp is deployed. */
    @FunctionalInterface
    public interface Content {
        /** Writes them. */
        void write(FileSite site) throws Exception;
    }

    /**
     * A response as it came.
     *
     * @param head with LF line ends
     */
    public record Answer(int status, String head, byte[] content) {

        /** The value of the only field of that name; empty when there is none. */
        public String field(String name) {
            Matcher line = Pattern.compile("(?m)^" + name + ": (.*)$").matcher(head);
            if (!line.find()) {
                return "";
            }
            String value = line.group(1);
            if (line.find()) {
                throw new AssertionError("more than one " + name + ": " + head);
            }
            return value;
        }

        /** The content, each byte a character. */
        public String text() {
            return new String(content, StandardCharsets.ISO_8859_1);
        }
    }

    /**
     * Deploys a folder.
     *
     * @param settings as for {@link ServerConfig#with}, path and value in turns
     */
    public FileSite(Path folder, Content content, String... settings) throws Exception {
        root = Files.createDirectories(folder).toRealPath();
        content.write(this);
        ServerConfig config =
                ServerConfig.defaults().withHost("127.0.0.1").withPort(0).withWorkers(1);
        for (int i = 0; i < settings.length; i += 2) {
            config = config.with(settings[i], settings[i + 1]);
        }
        server = Pounce.create(config);
        server.deploy(root, "/s");
        server.start();
    }

    /** The webapp's folder. */
    public Path root() {
        return root;
    }

    /** The server. */
    public Pounce server() {
        return server;
    }

    /** Writes a file that has rested. */
    public Path file(String name, byte[] content) throws IOException {
        return file(name, content, REST);
    }

    /** Writes a file that has rested. */
    public Path file(String name, String content) throws IOException {
        return file(name, content.getBytes(StandardCharsets.UTF_8));
    }

    /** Writes a file with its time. */
    public Path file(String name, byte[] content, Instant modified) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, content);
        return Files.setLastModifiedTime(file, FileTime.from(modified));
    }

    /** Writes a file that may still be written to, as far as one can tell from its time. */
    public Path unsettled(String name, String content) throws IOException {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        return file(name, bytes, Instant.now().plusSeconds(86_400));
    }

    /** Bytes that are always the same and that no encoder makes smaller. */
    public static byte[] noise(int length) {
        byte[] bytes = new byte[length];
        new Random(42).nextBytes(bytes);
        return bytes;
    }

    /** Encodes with gzip. */
    public static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    /** Encodes with zstd. */
    public static byte[] zstd(String text) {
        return Zstd.compress(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Connects. */
    public RawClient connect() throws IOException {
        return new RawClient(server.port());
    }

    /** The answer to a GET. */
    public Answer get(String target, String... fields) throws IOException {
        return send("GET", target, fields);
    }

    /** The answer to a request without content. */
    public Answer send(String method, String target, String... fields) throws IOException {
        try (RawClient client = connect()) {
            client.sendExactly(request(method, target, fields));
            return answer(client.in().readAllBytes());
        }
    }

    /** A request for the webapp that closes the connection. */
    public static String request(String method, String target, String... fields) {
        StringBuilder request = new StringBuilder();
        request.append(method).append(" /s").append(target).append(" HTTP/1.1\r\nHost: h\r\n");
        for (String field : fields) {
            request.append(field).append("\r\n");
        }
        return request.append("Connection: close\r\n\r\n").toString();
    }

    private static Answer answer(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        int end = text.indexOf("\r\n\r\n");
        if (!text.startsWith("HTTP/1.1 ") || end < 0) {
            throw new AssertionError("no response: " + text);
        }
        String head = text.substring(0, end + 2).replace("\r\n", "\n");
        return new Answer(
                Integer.parseInt(text.substring(9, 12)),
                head,
                java.util.Arrays.copyOfRange(bytes, end + 4, bytes.length));
    }

    @Override
    public void close() throws InterruptedException {
        server.stop();
    }
}

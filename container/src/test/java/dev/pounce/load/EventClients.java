package dev.pounce.load;

import com.github.luben.zstd.ZstdInputStream;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Thousands of clients of {@link EventSource} in a process of their own, which keep what they
 * receive and decode it when they are told to.
 */
final class EventClients extends LoadProcess {
    private static final String REQUEST =
            """
            GET /events HTTP/1.1
            Host: localhost
            Accept-Encoding: zstd

            """
                    .replace("\n", "\r\n");

    private static final int CONNECTING = 500;
    private static final long PATIENCE = 120_000_000_000L;

    /** Starts clients that connect and wait for the heads of their streams. */
    EventClients(int port, int count) throws IOException {
        super(
                EventClients.class,
                List.of("-Xmx3g", "-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED"),
                List.of(Integer.toString(port), Integer.toString(count)));
        expect("ready");
    }

    /** Waits until each client has decoded so many events, and nothing else. */
    void awaitEvents(int count) throws IOException {
        send(Integer.toString(count));
        expect("decoded");
    }

    /** Has all clients vanish, in the middle of their streams. */
    void vanish() throws IOException, InterruptedException {
        close();
        process().waitFor();
    }

    // --- the process ---------------------------------------------------------------------------

    /** Connects, prints {@code ready}, and decodes for each number that it reads. */
    public static void main(String[] args) throws Exception {
        try (Selector selector = Selector.open();
                var commands = reader()) {
            Clients clients = new Clients(selector, Integer.parseInt(args[0]));
            clients.connect(Integer.parseInt(args[1]));
            System.out.println("ready");
            for (String line = commands.readLine(); line != null; line = commands.readLine()) {
                clients.awaitEvents(Integer.parseInt(line));
                System.out.println("decoded");
            }
        } catch (IOException | RuntimeException e) {
            System.out.println("failed " + e);
        }
        System.exit(0);
    }

    private static final class Client {
        private static final Pattern CODED =
                Pattern.compile(
                        "HTTP/1\\.1 200 .*\r\nContent-Encoding: zstd\r\n.*", Pattern.DOTALL);

        private final ByteArrayOutputStream received = new ByteArrayOutputStream();

        boolean hasHead() {
            return received.size() > 0 && text().contains("\r\n\r\n");
        }

        private String text() {
            return received.toString(StandardCharsets.ISO_8859_1);
        }

        /** Whether these bytes have arrived and nothing else; throws when they are others. */
        boolean has(byte[] events) throws IOException {
            String answer = text();
            int end = answer.indexOf("\r\n\r\n") + 2;
            Matcher head = CODED.matcher(answer.substring(0, end));
            if (!head.matches()) {
                throw new IOException("no stream in zstd: " + answer.substring(0, end));
            }
            byte[] coded = dechunked(answer, end + 2);
            ByteArrayOutputStream decoded = new ByteArrayOutputStream();
            try (InputStream in =
                    new ZstdInputStream(new ByteArrayInputStream(coded)).setContinuous(true)) {
                in.transferTo(decoded);
            }
            byte[] bytes = decoded.toByteArray();
            if (bytes.length > events.length
                    || !java.util.Arrays.equals(bytes, 0, bytes.length, events, 0, bytes.length)) {
                throw new IOException("other events than were sent");
            }
            return bytes.length == events.length;
        }

        private static byte[] dechunked(String answer, int from) {
            ByteArrayOutputStream content = new ByteArrayOutputStream();
            int at = from;
            while (true) {
                int line = answer.indexOf("\r\n", at);
                if (line < 0) {
                    return content.toByteArray();
                }
                int length = Integer.parseInt(answer.substring(at, line), 16);
                int end = Math.min(line + 2 + length, answer.length());
                content.writeBytes(
                        answer.substring(line + 2, end).getBytes(StandardCharsets.ISO_8859_1));
                at = line + 2 + length + 2;
                if (at > answer.length()) {
                    return content.toByteArray();
                }
            }
        }
    }

    private static final class Clients {
        private final Selector selector;
        private final int port;
        private final List<Client> all = new ArrayList<>();
        private final ByteBuffer buffer = ByteBuffer.allocate(64 << 10);
        private int answered;

        Clients(Selector selector, int port) {
            this.selector = selector;
            this.port = port;
        }

        void connect(int wanted) throws IOException {
            long end = System.nanoTime() + PATIENCE;
            while (answered < wanted) {
                while (all.size() < wanted && all.size() - answered < CONNECTING) {
                    begin();
                }
                select(end);
            }
        }

        private void begin() throws IOException {
            SocketChannel channel = SocketChannel.open();
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.SO_LINGER, 0);
            // one address has about 28,000 ports, some of which still wait from an earlier run
            channel.bind(new InetSocketAddress("127.0.0." + (1 + all.size() % 4), 0));
            Client client = new Client();
            channel.register(selector, SelectionKey.OP_CONNECT, client);
            channel.connect(new InetSocketAddress("127.0.0.1", port));
            all.add(client);
        }

        /** Receives what is there, or the next that comes. */
        private void select(long end) throws IOException {
            selector.select(1000);
            if (System.nanoTime() > end) {
                throw new IOException("nothing more came, with " + answered + " answered");
            }
            for (SelectionKey key : selector.selectedKeys()) {
                SocketChannel channel = (SocketChannel) key.channel();
                if (key.isConnectable()) {
                    channel.finishConnect();
                    key.interestOps(SelectionKey.OP_READ);
                    channel.write(ByteBuffer.wrap(REQUEST.getBytes(StandardCharsets.US_ASCII)));
                } else {
                    receive(channel, (Client) key.attachment());
                }
            }
            selector.selectedKeys().clear();
        }

        private void receive(SocketChannel channel, Client client) throws IOException {
            int count = channel.read(buffer.clear());
            if (count < 0) {
                throw new IOException("the server has ended a stream");
            }
            boolean before = client.hasHead();
            client.received.write(buffer.array(), 0, count);
            if (!before && client.hasHead()) {
                answered++;
            }
        }

        void awaitEvents(int count) throws IOException {
            StringBuilder expected = new StringBuilder();
            for (int i = 0; i < count; i++) {
                expected.append(EventSource.event(i));
            }
            byte[] events = expected.toString().getBytes(StandardCharsets.US_ASCII);
            long end = System.nanoTime() + PATIENCE;
            for (Client client : all) {
                while (!client.has(events)) {
                    select(end);
                }
            }
        }
    }
}

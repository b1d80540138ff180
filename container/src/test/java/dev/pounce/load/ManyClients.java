package dev.pounce.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Thousands of connections of one selector, in a process of their own, which do one {@link
 * Behaviour} each until they are told to end.
 */
final class ManyClients extends LoadProcess {

    /** What all connections do. */
    enum Behaviour {
        /** One request, its answer, and then nothing. */
        IDLE("GET /hello HTTP/1.1\r\nHost: localhost\r\n\r\n", Integer.MAX_VALUE),
        /** A head that never ends, a byte at a time. */
        SLOW_HEAD("GET /hello HTTP/1.1\r\nHost: localhost\r\nX-Slow: ", 0),
        /** An answer that is made in place and taken a few bytes at a time. */
        SLOW_READ("GET /large HTTP/1.1\r\nHost: localhost\r\n\r\n", 64),
        /** An answer that a virtual thread streams and that is taken a few bytes at a time. */
        SLOW_STREAM("GET /streamed HTTP/1.1\r\nHost: localhost\r\n\r\n", 64);

        private final byte[] sent;

        /** How much a connection reads at a time. */
        private final int taken;

        Behaviour(String sent, int taken) {
            this.sent = sent.getBytes(StandardCharsets.US_ASCII);
            this.taken = taken;
        }

        private boolean isSlowToRead() {
            return this == SLOW_READ || this == SLOW_STREAM;
        }
    }

    /** Files that a process needs for other things. */
    private static final int OTHER_DESCRIPTORS = 500;

    /** The connections that may wait to be accepted at a time. */
    private static final int CONNECTING = 500;

    /** Each connection does something slow once in that time. */
    private static final int PERIOD_MILLIS = 5_000;

    private static final int TICK_MILLIS = 20;
    private static final int SMALL_WINDOW = 4096;

    /** Starts clients that connect; {@link #awaitReady} waits for that. */
    ManyClients(Behaviour behaviour, int port, int connections) throws IOException {
        super(
                ManyClients.class,
                List.of("-Xmx512m", "-XX:+UseSerialGC"),
                List.of(behaviour.name(), Integer.toString(port), Integer.toString(connections)));
    }

    /** Waits until all are connected and the server has what they send first. */
    void awaitReady() throws IOException {
        expect("ready");
    }

    /**
     * How many connections the server has ended meanwhile.
     *
     * @throws IOException when the clients are gone
     */
    int lost() throws IOException {
        send("lost");
        return Integer.parseInt(expect("lost "));
    }

    /** How many connections both sides have the file descriptors for, at most as many as wanted. */
    static int affordable(int wanted) {
        // the JVM raises its soft limit to the hard one by itself
        var system =
                (com.sun.management.UnixOperatingSystemMXBean)
                        java.lang.management.ManagementFactory.getOperatingSystemMXBean();
        long most = system.getMaxFileDescriptorCount() - OTHER_DESCRIPTORS;
        if (most >= wanted) {
            return wanted;
        }
        System.out.println(
                "only "
                        + most
                        + " of "
                        + wanted
                        + " connections: the hard limit of open files (ulimit -Hn) is too low");
        return (int) most;
    }

    // --- the process ---------------------------------------------------------------------------

    /** Connects, prints {@code ready}, and goes on until the end of standard input. */
    public static void main(String[] args) throws Exception {
        Clients clients =
                new Clients(
                        Behaviour.valueOf(args[0]),
                        Integer.parseInt(args[1]),
                        Integer.parseInt(args[2]));
        Thread thread = Thread.ofPlatform().daemon().start(clients);
        try (var commands = reader()) {
            while (commands.readLine() != null) {
                System.out.println("lost " + clients.lost);
            }
        }
        thread.interrupt();
        System.exit(0);
    }

    private static final class Clients implements Runnable {
        private final Behaviour behaviour;
        private final int port;
        private final int wanted;
        private final List<SocketChannel> channels = new ArrayList<>();
        private final ByteBuffer buffer = ByteBuffer.allocateDirect(64 << 10);
        private int pending;
        private int begun;
        private int answered;
        private int turn;
        private volatile int lost;

        Clients(Behaviour behaviour, int port, int wanted) {
            this.behaviour = behaviour;
            this.port = port;
            this.wanted = wanted;
        }

        @Override
        public void run() {
            try (Selector selector = Selector.open()) {
                connect(selector);
                System.out.println("ready");
                long begin = System.nanoTime();
                long done = 0;
                while (true) {
                    selector.select(this::served, TICK_MILLIS);
                    long millis = (System.nanoTime() - begin) / 1_000_000;
                    long due = millis * wanted / PERIOD_MILLIS;
                    for (; done < due; done++) {
                        slowStep(channels.get(turn++ % wanted));
                    }
                }
            } catch (IOException e) {
                System.out.println("failed " + e);
            }
        }

        private void connect(Selector selector) throws IOException {
            while (answered < wanted) {
                while (begun < wanted && pending < CONNECTING) {
                    begin(selector);
                }
                selector.select(this::served, 1000);
            }
        }

        private void begin(Selector selector) throws IOException {
            SocketChannel channel = SocketChannel.open();
            channel.configureBlocking(false);
            if (behaviour.isSlowToRead()) {
                channel.setOption(StandardSocketOptions.SO_RCVBUF, SMALL_WINDOW);
            }
            // one address has about 28,000 ports, some of which still wait from an earlier run
            channel.bind(new InetSocketAddress("127.0.0." + (1 + begun % 4), 0));
            channel.register(selector, SelectionKey.OP_CONNECT);
            channel.connect(new InetSocketAddress("127.0.0.1", port));
            begun++;
            pending++;
        }

        private void served(SelectionKey key) {
            SocketChannel channel = (SocketChannel) key.channel();
            try {
                if (key.isConnectable()) {
                    connected(key, channel);
                } else if (key.isReadable()) {
                    readable(key, channel);
                }
            } catch (IOException e) {
                lose(key);
            }
        }

        private void connected(SelectionKey key, SocketChannel channel) throws IOException {
            channel.finishConnect();
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.setOption(StandardSocketOptions.SO_LINGER, 0);
            channel.write(ByteBuffer.wrap(behaviour.sent));
            channels.add(channel);
            pending--;
            key.interestOps(SelectionKey.OP_READ);
            if (behaviour == Behaviour.SLOW_HEAD) {
                answered++;
            }
        }

        private void readable(SelectionKey key, SocketChannel channel) throws IOException {
            if (key.attachment() == null && behaviour != Behaviour.SLOW_HEAD) {
                key.attach(behaviour);
                answered++;
            }
            if (behaviour.isSlowToRead()) {
                // from now on it is read when its turn comes
                key.interestOps(0);
                return;
            }
            if (channel.read(buffer.clear()) < 0) {
                lose(key);
            }
        }

        private void slowStep(SocketChannel channel) throws IOException {
            try {
                if (behaviour == Behaviour.SLOW_HEAD) {
                    channel.write(ByteBuffer.wrap(new byte[] {'a'}));
                } else if (behaviour.isSlowToRead()
                        && channel.read(buffer.clear().limit(behaviour.taken)) < 0) {
                    lose(channel);
                }
            } catch (IOException e) {
                lose(channel);
            }
        }

        private void lose(SelectionKey key) {
            lose((SocketChannel) key.channel());
        }

        private void lose(SocketChannel channel) {
            if (channel.isOpen()) {
                lost++;
                try {
                    channel.close();
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            }
        }
    }
}

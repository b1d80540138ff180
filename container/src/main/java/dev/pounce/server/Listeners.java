package dev.pounce.server;

import dev.pounce.config.ServerConfig;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.UnknownHostException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The bound listeners of a server: one for each worker, or one for all. */
final class Listeners {
    private final List<ServerSocketChannel> channels;
    private final boolean shared;

    private Listeners(List<ServerSocketChannel> channels, boolean shared) {
        this.channels = channels;
        this.shared = shared;
    }

    /**
     * Binds.
     *
     * @throws java.net.BindException when the port is taken
     */
    static Listeners bind(ServerConfig config, int workers) throws IOException {
        InetSocketAddress address = new InetSocketAddress(config.host(), config.port());
        if (address.isUnresolved()) {
            throw new UnknownHostException("the host " + config.host() + " has no address");
        }
        List<ServerSocketChannel> channels = new ArrayList<>();
        try {
            if (!reusesPort(config.accept())) {
                channels.add(open(address, config.backlog(), false));
                return new Listeners(channels, true);
            }
            InetSocketAddress free = proveFree(address);
            for (int i = 0; i < workers; i++) {
                channels.add(open(free, config.backlog(), true));
            }
            return new Listeners(channels, false);
        } catch (IOException | RuntimeException e) {
            for (ServerSocketChannel channel : channels) {
                channel.close();
            }
            throw e;
        }
    }

    private static boolean reusesPort(ServerConfig.Accept accept) {
        return switch (accept) {
            case REUSE_PORT -> true;
            case SHARED -> false;
            case AUTO -> System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("linux");
        };
    }

    /**
     * Two processes of one user that both ask for SO_REUSEPORT both get the port; a plain bind,
     * which does not listen and so takes no connection, fails where the port is taken.
     */
    private static InetSocketAddress proveFree(InetSocketAddress address) throws IOException {
        try (SocketChannel probe = SocketChannel.open()) {
            probe.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            probe.bind(address);
            int port = ((InetSocketAddress) probe.getLocalAddress()).getPort();
            return new InetSocketAddress(address.getAddress(), port);
        }
    }

    private static ServerSocketChannel open(InetSocketAddress address, int backlog, boolean reuse)
            throws IOException {
        ServerSocketChannel channel = ServerSocketChannel.open();
        try {
            if (reuse) {
                channel.setOption(StandardSocketOptions.SO_REUSEPORT, true);
            }
            channel.configureBlocking(false);
            channel.bind(address, backlog);
            return channel;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    List<ServerSocketChannel> channels() {
        return channels;
    }

    boolean isShared() {
        return shared;
    }

    int port() throws IOException {
        return address().getPort();
    }

    /** Whether only clients of this machine can connect. */
    boolean isLoopback() throws IOException {
        return address().getAddress().isLoopbackAddress();
    }

    private InetSocketAddress address() throws IOException {
        return (InetSocketAddress) channels.get(0).getLocalAddress();
    }

    void close() throws IOException {
        for (ServerSocketChannel channel : channels) {
            channel.close();
        }
    }
}

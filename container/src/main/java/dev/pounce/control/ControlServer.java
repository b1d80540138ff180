package dev.pounce.control;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.io.InputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Takes commands on a Unix domain socket, each connection on a virtual thread. Only those who can
 * enter the socket's folder can speak to it, which is why that has to be closed to others.
 */
public final class ControlServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ControlServer.class);
    private static final int MAX_CONNECTIONS = 32;

    private final Path socket;
    private final ServerSocketChannel listener;
    private final Commands commands;
    private final Duration patience;
    private final Semaphore room = new Semaphore(MAX_CONNECTIONS);

    private ControlServer(
            Path socket, ServerSocketChannel listener, Commands commands, Duration patience) {
        this.socket = socket;
        this.listener = listener;
        this.commands = commands;
        this.patience = patience;
    }

    /**
     * Listens.
     *
     * @param socket a path in a folder that is closed to others; what is left there is replaced
     * @param patience how long a connection may take until its request is there
     * @throws IOException when there can be no such socket
     */
    public static ControlServer open(Path socket, Commands commands, Duration patience)
            throws IOException {
        Files.deleteIfExists(socket);
        ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            listener.bind(UnixDomainSocketAddress.of(socket));
            Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-------"));
        } catch (IOException | RuntimeException e) {
            listener.close();
            throw e;
        }
        ControlServer server = new ControlServer(socket, listener, commands, patience);
        Thread.ofVirtual().name("pounce-control").start(server::accept);
        return server;
    }

    private void accept() {
        while (true) {
            try {
                SocketChannel channel = listener.accept();
                room.acquireUninterruptibly();
                Thread.ofVirtual().name("pounce-control-request").start(() -> serve(channel));
            } catch (ClosedChannelException e) {
                return;
            } catch (IOException e) {
                LOG.warn("the control socket takes no more commands", e);
                return;
            }
        }
    }

    private void serve(SocketChannel channel) {
        try (channel) {
            Answer answer;
            try {
                answer = commands.answer(ControlProtocol.words(request(channel)));
            } catch (IOException e) {
                LOG.debug("a command was not understood", e);
                answer = Answer.failed("pounce: " + e.getMessage() + "\n");
            } catch (Exception | LinkageError e) {
                LOG.error("a command failed", e);
                answer = Answer.failed("pounce: failed, see the server's log: " + e + "\n");
            }
            send(channel, answer);
        } catch (IOException e) {
            LOG.debug("a command's answer was not taken", e);
        } finally {
            room.release();
        }
    }

    private String request(SocketChannel channel) throws IOException {
        CountDownLatch arrived = new CountDownLatch(1);
        Thread.ofVirtual().start(() -> closeUnlessArrived(channel, arrived));
        try {
            InputStream in = Channels.newInputStream(channel);
            return ControlProtocol.readLine(in);
        } finally {
            arrived.countDown();
        }
    }

    private void closeUnlessArrived(SocketChannel channel, CountDownLatch arrived) {
        try {
            if (!arrived.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                channel.close();
            }
        } catch (IOException e) {
            LOG.debug("a silent connection was not closed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void send(SocketChannel channel, Answer answer) throws IOException {
        byte[] text = answer.text().getBytes(StandardCharsets.UTF_8);
        byte[] bounded = Arrays.copyOf(text, Math.min(text.length, ControlProtocol.MAX_TEXT));
        byte[] line = ControlProtocol.answer(answer.status()).getBytes(StandardCharsets.UTF_8);
        for (byte[] each : List.of(line, bounded)) {
            ByteBuffer buffer = ByteBuffer.wrap(each);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
        }
    }

    /**
     * Takes no more commands; those that run go on. The listener may accept one more connection
     * while it closes, so the socket is taken away before.
     */
    @Override
    public void close() throws IOException {
        Files.deleteIfExists(socket);
        listener.close();
    }
}

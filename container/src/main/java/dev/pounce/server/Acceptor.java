package dev.pounce.server;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Comparator;
import java.util.List;

/**
 * A thread that accepts from one listener and deals connections to the worker that has the fewest.
 */
final class Acceptor {
    private static final Logger LOG = LoggerFactory.getLogger(Acceptor.class);

    private final ServerSocketChannel channel;
    private final List<Worker> workers;
    private final Selector selector;
    private final Thread thread;
    private volatile boolean closed;

    Acceptor(ServerSocketChannel channel, List<Worker> workers) throws IOException {
        this.channel = channel;
        this.workers = workers;
        this.selector = Selector.open();
        channel.register(selector, SelectionKey.OP_ACCEPT);
        this.thread = Thread.ofPlatform().name("pounce-acceptor").unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /** Accepts what still waits, closes the listener and ends the thread before it returns. */
    void close() throws InterruptedException {
        closed = true;
        selector.wakeup();
        thread.join();
    }

    private void run() {
        try (selector;
                channel) {
            while (!closed) {
                selector.select(key -> {});
                acceptAll();
            }
            // what came since the last time would be reset with the listener
            acceptAll();
        } catch (IOException e) {
            LOG.error("the acceptor ended by a failure", e);
        }
    }

    private void acceptAll() {
        try {
            for (SocketChannel each = channel.accept(); each != null; each = channel.accept()) {
                workers.stream()
                        .min(Comparator.comparingInt(Worker::connections))
                        .orElseThrow()
                        .adopt(each);
            }
        } catch (IOException e) {
            LOG.warn("accept failed: {}", e.getMessage());
        }
    }
}

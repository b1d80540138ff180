package dev.pounce.server;

import dev.pounce.exchange.ClientGoneException;
import dev.pounce.io.Lead;
import dev.pounce.io.LeadingThread;
import dev.pounce.io.SharedFile;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Where the answers leave that a thread gives in place: they gather in a queue, so that those to
 * pipelined requests leave together at the turn's end. What the socket does not take is kept by the
 * connection while the thread leads, and waited for when it has lost the lead.
 *
 * <p>The answer of an exchange that may wait gathers in a queue of its own ({@link #unhurried}): as
 * long as its handler runs another thread may take the lead, and send what was answered before.
 */
final class TurnOutput implements Outlet {
    private static final Logger LOG = LoggerFactory.getLogger(TurnOutput.class);
    private static final int QUEUE_BYTES = 64 << 10;
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final Lead lead;
    private final ByteBuffer[] gathering = new ByteBuffer[2];
    private final ParkingOutput parking = new ParkingOutput();
    private final Outlet unhurried = new Unhurried();
    private ByteBuffer queue = ByteBuffer.allocateDirect(QUEUE_BYTES);
    private ByteBuffer own = ByteBuffer.allocateDirect(QUEUE_BYTES);
    private Http1Connection connection;

    /** What is to be sent of a file behind the answer that is being made, which ends with it. */
    private @Nullable FileRest rest;

    /** Whether there may be answers before the one that is being made. */
    private boolean isBehindOthers;

    TurnOutput(Lead lead, Http1Connection nobody) {
        this.lead = lead;
        this.connection = nobody;
    }

    /** What follows is for this connection. */
    void begin(Http1Connection to) {
        connection = to;
    }

    /** Where answers gather. */
    ByteBuffer queue() {
        return queue;
    }

    boolean isEmpty() {
        return queue.position() == 0;
    }

    void clear() {
        queue.clear();
    }

    /** Sends what has gathered; the connection keeps what the socket does not take. */
    void sendQueue() throws IOException {
        try {
            if (queue.position() > 0) {
                send(queue.flip(), NOTHING);
            }
        } finally {
            queue.clear();
        }
    }

    /**
     * Sends as much as the socket takes of the answers before the one that is being made, which
     * must not wait for it. Called by whoever takes the lead.
     */
    void sendEarlierNow() {
        if (queue.position() > 0) {
            try {
                connection.transport().write(queue.flip());
            } catch (IOException e) {
                LOG.debug("the client is gone: {}", e.getMessage());
            }
            queue.compact();
        }
    }

    @Override
    public void send(ByteBuffer first, ByteBuffer second) throws IOException {
        Http1Connection to = connection;
        if (lead.isLost()) {
            parking.write(to, first, second);
            return;
        }
        if (!to.isStalled()) {
            try {
                write(to, first, second);
            } catch (IOException e) {
                throw new ClientGoneException(e);
            }
        }
        if (first.hasRemaining() || second.hasRemaining()) {
            to.keepUnsent(first);
            to.keepUnsent(second);
        }
    }

    private void write(Http1Connection to, ByteBuffer first, ByteBuffer second) throws IOException {
        if (second.hasRemaining()) {
            gathering[0] = first;
            gathering[1] = second;
            to.transport().write(gathering, 2);
        } else {
            to.transport().write(first);
        }
    }

    @Override
    public void transfer(SharedFile file, long position, long count) {
        throw new IllegalStateException("a handler in place sends no files: it would wait");
    }

    @Override
    public void ended(ByteBuffer kept) {
        // the answers to pipelined requests leave together at the turn's end
    }

    @Override
    public void abort() {
        // the connection is reset when the handler has returned
    }

    @Override
    public boolean mayPersist() {
        return connection.mayServeAnother();
    }

    // --- exchanges that may wait ---------------------------------------------------------------

    /** Where the response of an exchange leaves that may wait. */
    Outlet unhurried() {
        return unhurried;
    }

    /** Where that response gathers; before the thread enters code of unknown length. */
    ByteBuffer beginUnhurried() {
        isBehindOthers = queue.position() > 0;
        return own;
    }

    /**
     * Sends all that has gathered, the answer that is being made last. Called in code of unknown
     * length.
     */
    void sendAll() throws IOException {
        sendEarlier();
        try {
            if (own.position() > 0) {
                parking.write(connection, own.flip(), NOTHING);
            }
        } finally {
            own.clear();
        }
        awaitRest();
    }

    /** The answer has ended, and leaves with those before it; it waits where the lead is lost. */
    void endUnhurried() throws IOException {
        if (lead.isLost()) {
            sendAll(own);
            awaitRest();
        } else if (rest != null) {
            sendAll(own);
            sendRest(rest);
        } else if (queue.position() == 0) {
            ByteBuffer empty = queue;
            queue = own;
            own = empty;
        } else if (own.position() <= queue.remaining()) {
            queue.put(own.flip());
            own.clear();
        } else {
            sendAll(own);
        }
    }

    private void sendAll(ByteBuffer last) throws IOException {
        try {
            send(queue.flip(), last.flip());
        } finally {
            queue.clear();
            last.clear();
        }
    }

    /** The answer is not sent. */
    void dropUnhurried() {
        own.clear();
        FileRest last = rest;
        if (last != null) {
            rest = null;
            last.release();
        }
    }

    /** Sends what was answered before the answer that is being made. */
    private void sendEarlier() throws IOException {
        if (!isBehindOthers) {
            return;
        }
        isBehindOthers = false;
        lead.leave();
        // whoever takes the lead would send it too: not now
        boolean leads = !lead.isLost();
        try {
            sendEarlierNow();
        } finally {
            if (leads) {
                lead.enter();
            }
        }
        if (leads && queue.position() > 0) {
            LeadingThread.beforeWaiting();
        }
        try {
            parking.write(connection, queue.flip(), NOTHING);
        } finally {
            queue.clear();
        }
    }

    /** Sends what the socket takes of a file; the connection keeps the rest. */
    private void sendRest(FileRest last) throws IOException {
        rest = null;
        boolean kept = false;
        try {
            if (!connection.isStalled()) {
                last.sendTo(connection.transport());
            }
            if (last.length() > 0) {
                connection.keepUnsent(last);
                kept = true;
            }
        } finally {
            if (!kept) {
                last.release();
            }
        }
    }

    /** Waits until the socket has taken all of a file. */
    private void awaitRest() throws IOException {
        FileRest last = rest;
        if (last != null) {
            rest = null;
            try {
                parking.transfer(connection, last.file().channel(), last.position(), last.length());
            } finally {
                last.release();
            }
        }
    }

    private final class Unhurried implements Outlet {

        @Override
        public void send(ByteBuffer first, ByteBuffer second) throws IOException {
            sendEarlier();
            parking.write(connection, first, second);
        }

        @Override
        public void transfer(SharedFile file, long position, long count) throws IOException {
            sendEarlier();
            parking.transfer(connection, file.channel(), position, count);
        }

        /** What is not likely to wait for the disk is the worker's to send. */
        @Override
        public void transferLast(ByteBuffer gathered, SharedFile file, long position, long count)
                throws IOException {
            if (file.isWarm() && file.retain()) {
                rest = new FileRest(file, position, count);
            } else {
                Outlet.super.transferLast(gathered, file, position, count);
            }
        }

        @Override
        public void ended(ByteBuffer kept) {
            // it leaves when the handler has returned, with the answers before it
        }

        @Override
        public void abort() {
            // the connection is reset when the handler has returned
        }

        @Override
        public boolean mayPersist() {
            return connection.mayServeAnother();
        }
    }
}

package dev.pounce.server;

import dev.pounce.exchange.ConnectionInfo;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/** Both ends of a connection, and what names it. Used by the connection's owner. */
final class Peer implements ConnectionInfo {
    private static final byte[] NO_TEXT = {};

    private final InetSocketAddress remote;
    private final InetSocketAddress local;
    private final long id;
    private final int worker;
    private int requests;
    private byte[] remoteText = NO_TEXT;

    /**
     * @param id a number that no other connection of the server has
     * @param worker the number of the worker that owns the connection
     */
    Peer(InetSocketAddress remote, InetSocketAddress local, long id, int worker) {
        this.remote = remote;
        this.local = local;
        this.id = id;
        this.worker = worker;
    }

    @Override
    public InetSocketAddress remoteAddress() {
        return remote;
    }

    @Override
    public InetSocketAddress localAddress() {
        return local;
    }

    @Override
    public boolean isSecure() {
        return false;
    }

    @Override
    public long id() {
        return id;
    }

    @Override
    public int worker() {
        return worker;
    }

    @Override
    public int countRequest() {
        return ++requests;
    }

    /** How many requests have begun. */
    int requests() {
        return requests;
    }

    @Override
    public byte[] remoteText() {
        if (remoteText.length == 0) {
            String text = remote.getAddress().getHostAddress();
            remoteText = text.getBytes(StandardCharsets.US_ASCII);
        }
        return remoteText;
    }
}

package dev.pounce.exchange;

import java.net.InetSocketAddress;

/** What an exchange may know of the connection it came by. Thread-safe. */
public interface ConnectionInfo {

    /** The peer's address. */
    InetSocketAddress remoteAddress();

    /** The address that the peer connected to. */
    InetSocketAddress localAddress();

    /** Whether the connection is protected by TLS. */
    boolean isSecure();

    /** A number that no other connection of this server has. */
    long id();

    /** The number of the worker that owns the connection. */
    int worker();

    /** Counts a request that begins; its number, from 1. For the owner of the connection only. */
    int countRequest();

    /**
     * The peer's address as text in ASCII, made when it is asked for the first time; not to be
     * changed.
     */
    byte[] remoteText();
}

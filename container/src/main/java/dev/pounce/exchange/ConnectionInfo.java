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
}

package dev.pounce.servlet.http;

import dev.pounce.exchange.ConnectionInfo;

import jakarta.servlet.ServletConnection;

/** A connection of HTTP/1.1 as servlets see it. */
record ConnectionView(ConnectionInfo connection) implements ServletConnection {

    @Override
    public String getConnectionId() {
        return Long.toString(connection.id());
    }

    @Override
    public String getProtocol() {
        return "http/1.1";
    }

    @Override
    public String getProtocolConnectionId() {
        return "";
    }

    @Override
    public boolean isSecure() {
        return connection.isSecure();
    }
}

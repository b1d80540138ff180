package dev.pounce.io;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

@EnabledOnOs(OS.LINUX)
class ListenerFenceTest {
    private static final int CONNECT_MILLIS = 300;

    @Test
    void whatWaitsIsStillAcceptedAndNothingNewComes() throws Exception {
        try (ServerSocketChannel listener = ServerSocketChannel.open();
                Socket early = new Socket();
                Socket late = new Socket()) {
            listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            InetSocketAddress address = (InetSocketAddress) listener.getLocalAddress();
            early.connect(address, CONNECT_MILLIS);
            assertTrue(ListenerFence.raise(address.getPort()));
            assertThrows(SocketTimeoutException.class, () -> late.connect(address, CONNECT_MILLIS));
            listener.configureBlocking(false);
            try (SocketChannel accepted = listener.accept()) {
                assertNotNull(accepted);
                early.getOutputStream().write(1);
                assertTrue(accepted.socket().getInputStream().read() == 1);
            }
        }
    }

    @Test
    void aPortThatNobodyListensOnIsNotFenced() {
        assertFalse(ListenerFence.raise(1));
    }
}

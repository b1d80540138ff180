package dev.pounce.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Optional;

@EnabledOnOs(OS.LINUX)
class PortOwnerTest {

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, 127.0.0.1",
        "127.0.0.1, 0.0.0.0",
        "0.0.0.0, 127.0.0.1",
        "::, 127.0.0.1",
        "::1, ::1",
        "::1, ::"
    })
    void theListenerThatIsInTheWayIsNamed(String taken, String wanted) throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(taken))) {
            PortOwner owner =
                    PortOwner.of(InetAddress.getByName(wanted), socket.getLocalPort())
                            .orElseThrow();
            assertEquals(ProcessHandle.current().pid(), owner.pid());
            assertTrue(owner.toString().contains("java"), owner.toString());
        }
    }

    @Test
    void aListenerOnAnotherAddressIsNotInTheWay() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            assertEquals(
                    Optional.empty(),
                    PortOwner.of(InetAddress.getByName("127.0.0.2"), socket.getLocalPort()));
        }
    }

    @Test
    void nobodyOwnsAFreePort() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        assertEquals(Optional.empty(), PortOwner.of(InetAddress.getByName("0.0.0.0"), port));
    }
}

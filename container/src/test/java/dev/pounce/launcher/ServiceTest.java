package dev.pounce.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pounce.process.NotifySocket;
import dev.pounce.testing.LaunchedServer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** What a service manager hears of a launched server. */
@EnabledOnOs(OS.LINUX)
@Timeout(60)
class ServiceTest {
    @TempDir Path folder;

    @Test
    void aManagerHearsOfTheStartTheReloadAndTheEnd() throws Throwable {
        Path webapps = Files.createDirectories(folder.resolve("webapps/ROOT")).getParent();
        String address = folder.resolve("notify").toString();
        try (NotifySocket socket = new NotifySocket(address);
                LaunchedServer server =
                        new LaunchedServer(
                                SocketServer.class,
                                webapps,
                                List.of(),
                                Map.of("NOTIFY_SOCKET", address, "POUNCE_BACKGROUND", "1"),
                                "-XX:TieredStopAtLevel=1",
                                "--enable-native-access=ALL-UNNAMED")) {
            String ready = socket.receive();
            assertTrue(ready.startsWith("READY=1\nSTATUS=Pounce "), ready);
            server.send("HUP");
            String reloading = socket.receive();
            assertTrue(reloading.startsWith("RELOADING=1\nMONOTONIC_USEC="), reloading);
            assertEquals(ready, socket.receive());
            server.send("TERM");
            assertEquals("STOPPING=1\nEXTEND_TIMEOUT_USEC=15000000", socket.receive());
            assertEquals(0, server.process().waitFor());
        }
    }

    @Test
    void aWatchdogIsToldWhileWorkersEndTheirTurns() throws Throwable {
        Path webapps = Files.createDirectories(folder.resolve("webapps/ROOT")).getParent();
        String address = folder.resolve("notify").toString();
        try (NotifySocket socket = new NotifySocket(address);
                LaunchedServer server =
                        new LaunchedServer(
                                Main.class,
                                webapps,
                                List.of(),
                                Map.of("NOTIFY_SOCKET", address, "WATCHDOG_USEC", "20000"),
                                "-XX:TieredStopAtLevel=1",
                                "--enable-native-access=ALL-UNNAMED")) {
            assertTrue(socket.receive().startsWith("READY=1"));
            assertEquals("WATCHDOG=1", socket.receive());
            assertEquals("WATCHDOG=1", socket.receive());
            server.send("TERM");
        }
    }
}

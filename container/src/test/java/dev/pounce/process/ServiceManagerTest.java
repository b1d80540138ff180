package dev.pounce.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pounce.testing.CapturedLog;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Against a socket as a service manager has it. */
@EnabledOnOs(OS.LINUX)
@Timeout(60)
class ServiceManagerTest {
    @TempDir Path folder;

    @Test
    void aPathIsTold() throws Throwable {
        String path = folder.resolve("a socket").toString();
        try (NotifySocket socket = new NotifySocket(path)) {
            assertAllIsTold(socket, new ServiceManager(Map.of("NOTIFY_SOCKET", path)));
        }
    }

    @Test
    void aNameWithoutAFileIsTold() throws Throwable {
        String name = "@pounce-test-" + UUID.randomUUID();
        try (NotifySocket socket = new NotifySocket(name)) {
            assertAllIsTold(socket, new ServiceManager(Map.of("NOTIFY_SOCKET", name)));
        }
    }

    private static void assertAllIsTold(NotifySocket socket, ServiceManager manager)
            throws Throwable {
        assertTrue(manager.isThere());
        manager.ready("serves ä\nand more");
        assertEquals("READY=1\nSTATUS=serves ä and more", socket.receive());
        // HotSpot's nanoTime is the same clock on Linux
        long before = System.nanoTime() / 1000;
        manager.reloading();
        String reloading = socket.receive();
        assertTrue(reloading.startsWith("RELOADING=1\nMONOTONIC_USEC="), reloading);
        long micros = Long.parseLong(reloading.substring(reloading.lastIndexOf('=') + 1));
        assertTrue(micros >= before && micros <= System.nanoTime() / 1000, reloading);
        manager.alive();
        assertEquals("WATCHDOG=1", socket.receive());
        manager.stopping(Duration.ofSeconds(15));
        assertEquals("STOPPING=1\nEXTEND_TIMEOUT_USEC=15000000", socket.receive());
    }

    @Test
    void withoutAManagerNothingHappens() {
        ServiceManager manager = new ServiceManager(Map.of());
        assertFalse(manager.isThere());
        assertEquals(Duration.ZERO, manager.watchdog());
        manager.ready("serves");
        manager.reloading();
        manager.stopping(Duration.ZERO);
    }

    @Test
    void aManagerThatIsGoneIsMissedOnce() {
        String none = folder.resolve("none").toString();
        for (String address : List.of(none, "relative", "@" + "x".repeat(108))) {
            try (CapturedLog log = new CapturedLog()) {
                ServiceManager manager = new ServiceManager(Map.of("NOTIFY_SOCKET", address));
                manager.ready("serves");
                manager.alive();
                assertEquals(1, log.lines("cannot be told").size(), address);
            }
        }
    }

    @Test
    void theWatchdogIsThatOfThisProcess() {
        String pid = Long.toString(ProcessHandle.current().pid());
        assertEquals(Duration.ofMillis(1500), watchdog(Map.of("WATCHDOG_USEC", "1500000")));
        assertEquals(
                Duration.ofSeconds(1),
                watchdog(Map.of("WATCHDOG_USEC", "1000000", "WATCHDOG_PID", pid)));
        assertEquals(
                Duration.ZERO, watchdog(Map.of("WATCHDOG_USEC", "1000000", "WATCHDOG_PID", "1")));
        assertEquals(Duration.ZERO, watchdog(Map.of("WATCHDOG_USEC", "soon")));
        assertEquals(Duration.ZERO, watchdog(Map.of()));
    }

    private static Duration watchdog(Map<String, String> variables) {
        Map<String, String> all = new HashMap<>(variables);
        all.put("NOTIFY_SOCKET", "/run/none");
        return new ServiceManager(all).watchdog();
    }
}

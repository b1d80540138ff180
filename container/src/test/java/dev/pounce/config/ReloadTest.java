package dev.pounce.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.util.List;

class ReloadTest {
    private static final ServerConfig BEFORE = ServerConfig.defaults();

    private static List<String> paths(List<Key> keys) {
        return keys.stream().map(Key::path).toList();
    }

    @Test
    void whatNeedsARestartKeepsItsValueAndIsNamed() {
        ServerConfig wanted =
                BEFORE.withPort(9090).withWorkers(3).with("compression.min_size", "1KiB");
        Reload reload = Reload.between(BEFORE, wanted);
        assertEquals(List.of("compression.min_size"), paths(reload.swapped()));
        assertEquals(List.of("port", "workers"), paths(reload.waiting()));
        assertEquals(BEFORE.with("compression.min_size", "1KiB"), reload.config());
        assertFalse(reload.isEmpty());
    }

    @Test
    void whatWaitsIsNamedAgainByTheNextReload() {
        ServerConfig wanted = BEFORE.withPort(9090);
        ServerConfig inForce = Reload.between(BEFORE, wanted).config();
        assertEquals(List.of("port"), paths(Reload.between(inForce, wanted).waiting()));
    }

    @Test
    void whatIsEqualChangesNothing() {
        Reload reload = Reload.between(BEFORE, ServerConfig.defaults());
        assertTrue(reload.isEmpty());
        assertEquals(BEFORE, reload.config());
    }
}

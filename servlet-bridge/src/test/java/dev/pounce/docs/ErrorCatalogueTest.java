package dev.pounce.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** {@code docs/errors.md} has every error code of the sources, and no other. */
class ErrorCatalogueTest {
    private static final String CODE = "POUNCE_[A-Z]+_[A-Z_]+";

    /** A code stands behind its status wherever it is used. */
    private static final Pattern USE = Pattern.compile("(?:\\b(\\d{3}),\\s*)?\"(" + CODE + ")\"");

    private static final Pattern ENTRY =
            Pattern.compile("(?m)^### `(" + CODE + ")`: (\\d{3}(?:, \\d{3})*)\n\n(\\S.*)$");

    private final Map<String, Set<String>> used = new TreeMap<>();
    private final Map<String, Set<String>> documented = new TreeMap<>();

    @BeforeEach
    void read() throws IOException {
        for (Path file : Sources.java(false)) {
            for (MatchResult use : USE.matcher(Files.readString(file)).results().toList()) {
                assertTrue(use.group(1) != null, () -> use.group() + " without status in " + file);
                used.computeIfAbsent(use.group(2), code -> new TreeSet<>()).add(use.group(1));
            }
        }
        String catalogue = Files.readString(Sources.ROOT.resolve("docs/errors.md"));
        for (MatchResult entry : ENTRY.matcher(catalogue).results().toList()) {
            Set<String> statuses = new TreeSet<>(List.of(entry.group(2).split(", ")));
            assertTrue(documented.put(entry.group(1), statuses) == null, entry.group(1));
        }
    }

    @Test
    void theCatalogueHasEveryCodeWithItsStatusesAndNoOther() {
        assertFalse(used.isEmpty());
        assertEquals(lines(used), lines(documented));
    }

    @Test
    void everyCodeIsUnderTheHeadingOfItsCategory() throws IOException {
        String category = "";
        for (String line : Files.readAllLines(Sources.ROOT.resolve("docs/errors.md"))) {
            if (line.startsWith("## ")) {
                category = line.substring(3, line.indexOf(':'));
            } else if (line.startsWith("### ")) {
                assertTrue(line.startsWith("### `POUNCE_" + category + "_"), line);
            }
        }
    }

    private static String lines(Map<String, Set<String>> codes) {
        return String.join("\n", codes.entrySet().stream().map(Object::toString).toList());
    }
}

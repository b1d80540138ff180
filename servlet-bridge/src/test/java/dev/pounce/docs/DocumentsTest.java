package dev.pounce.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.pounce.config.ServerConfig;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** What README.md and the documents below docs name is there. */
class DocumentsTest {
    private static final Path BRIDGE =
            Sources.ROOT.resolve("servlet-bridge/src/main/java/dev/pounce/servlet");
    private static final Path ENGINE = Sources.ROOT.resolve("container/src/main/java/dev/pounce");
    private static final Path TESTS = Sources.ROOT.resolve("container/src/test/java/dev/pounce");

    private final List<String> missing = new ArrayList<>();
    private int seen;

    @Test
    void relativeLinksLeadSomewhere() throws IOException {
        for (Path document : Sources.documents()) {
            for (String link : Sources.matches("\\]\\(([^()\\s]+)\\)", Sources.prose(document))) {
                if (!link.matches("[a-z]+:.*")) {
                    checkLink(document, link);
                }
            }
        }
        assertNothingMissing();
    }

    private void checkLink(Path document, String link) throws IOException {
        String[] parts = link.split("#", 2);
        Path target = parts[0].isEmpty() ? document : document.resolveSibling(parts[0]);
        boolean found = Files.exists(target);
        if (found && parts.length > 1) {
            found = headings(target).contains(parts[1]);
        }
        check(found, document, link);
    }

    /** The fragments of a document's headings, as code hosts make them. */
    private static Set<String> headings(Path document) throws IOException {
        return Sources.matches("(?m)^#+ (.+)$", Sources.prose(document)).stream()
                .map(heading -> heading.toLowerCase(Locale.ROOT))
                .map(heading -> heading.replaceAll("[^\\w -]", "").replace(' ', '-'))
                .collect(Collectors.toSet());
    }

    @Test
    void filesNamedInTheArchitectureExist() throws IOException {
        Path document = Sources.ROOT.resolve("docs/architecture.md");
        for (String name : Sources.matches("`([\\w.-]+(?:/[\\w.-]+)+)`", Sources.prose(document))) {
            boolean isFile = name.matches(".*\\.(?:java|md|yaml|xml|properties)");
            Path top = Sources.ROOT.resolve(name.substring(0, name.indexOf('/')));
            if (isFile || Files.exists(top)) {
                boolean found =
                        Files.exists(Sources.ROOT.resolve(name))
                                || Files.exists(ENGINE.resolve(name))
                                || Files.exists(BRIDGE.resolve(name))
                                || Files.exists(TESTS.resolve(name));
                check(found, document, name);
            }
        }
        assertNothingMissing();
    }

    @Test
    void classesAndPackagesWithTheirFullNamesExist() throws IOException {
        Set<String> names = names();
        for (Path document : Sources.documents()) {
            String text = Files.readString(document);
            for (String name : Sources.matches("\\b(dev\\.pounce(?:\\.\\w+)*)\\b", text)) {
                check(names.contains(name), document, name);
            }
        }
        assertNothingMissing();
    }

    /** The full names of all top-level classes and of all packages. */
    private static Set<String> names() throws IOException {
        Set<String> names =
                Sources.java(true).stream()
                        .map(Path::toString)
                        .map(file -> file.replaceFirst(".*/java/", "").replace(".java", ""))
                        .map(file -> file.replace('/', '.'))
                        .collect(Collectors.toSet());
        for (String name : List.copyOf(names)) {
            for (int dot = name.lastIndexOf('.'); dot > 0; dot = name.lastIndexOf('.', dot - 1)) {
                names.add(name.substring(0, dot));
            }
        }
        return names;
    }

    @Test
    void settingsOfCommandLinesExist() throws IOException {
        for (Path document : Sources.documents()) {
            String text = Files.readString(document);
            for (String setting : Sources.matches("--set ([a-z_.]+=[^\\s`]+)", text)) {
                String[] parts = setting.split("=", 2);
                if (parts[0].equals("path")) {
                    continue; // a placeholder, as in path=value
                }
                ServerConfig.defaults().with(parts[0], parts[1]);
                seen++;
            }
        }
        assertNothingMissing();
    }

    private void check(boolean found, Path document, String name) {
        seen++;
        if (!found) {
            missing.add(Sources.ROOT.relativize(document) + ": " + name);
        }
    }

    private void assertNothingMissing() {
        assertEquals(List.of(), missing);
        assertFalse(seen == 0, "nothing was found to check");
    }
}

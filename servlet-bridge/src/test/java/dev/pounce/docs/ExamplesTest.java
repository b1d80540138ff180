package dev.pounce.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.pounce.testing.Javac;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The Java in README.md and in the documents below docs compiles. */
class ExamplesTest {
    @TempDir Path folder;

    private final List<String> errors = new ArrayList<>();
    private int compiled;

    @Test
    void everyJavaBlockCompiles() throws IOException {
        for (Path document : Sources.documents()) {
            for (String block : Sources.blocks(document, "java")) {
                compile(document, block);
            }
        }
        assertEquals(List.of(), errors);
        assertFalse(compiled == 0, "no block was found");
    }

    private void compile(Path document, String block) throws IOException {
        boolean isFile = block.contains(" class ");
        String name = isFile ? block.replaceFirst("(?s).*?\\bclass (\\w+).*", "$1") : "Statements";
        Path source =
                Files.createDirectories(folder.resolve("" + compiled)).resolve(name + ".java");
        Files.writeString(source, isFile ? block : statements(block));
        String error = Javac.compile(List.of(source), source.resolveSibling("classes"));
        if (!error.isEmpty()) {
            errors.add(Sources.ROOT.relativize(document) + ":\n" + error);
        }
        compiled++;
    }

    /** Statements show their own classes, and leave the imports to the reader. */
    private static String statements(String block) {
        return """
        import dev.pounce.*;
        import dev.pounce.config.*;
        import dev.pounce.route.*;

        class Statements {
            void run() throws Exception {
        %s
            }
        }
        """
                .formatted(block);
    }
}

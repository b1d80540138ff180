package dev.pounce.testing;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BiFunction;

/**
 * A state table as a section of {@code docs/states.md}. With {@code -Dpounce.generate} the section
 * is written anew instead of being compared.
 */
public final class StateTable {
    private static final String BRIDGE = "dev.pounce.servlet.";
    private static final Path FILE =
            Path.of(System.getProperty("pounce.root", ".."), "docs", "states.md");

    private StateTable() {}

    /**
     * A table in Markdown, a row for each state and a column for each input.
     *
     * @param next the name of the state that follows, or {@code -}
     */
    public static <S, I> String of(List<S> states, List<I> inputs, BiFunction<S, I, String> next) {
        StringBuilder table = new StringBuilder("| state |");
        inputs.forEach(input -> table.append(' ').append(input).append(" |"));
        table.append('\n').append("|---".repeat(inputs.size() + 1)).append("|\n");
        for (S state : states) {
            table.append("| ").append(state).append(" |");
            inputs.forEach(
                    input -> table.append(' ').append(next.apply(state, input)).append(" |"));
            table.append('\n');
        }
        return table.toString();
    }

    /**
     * Asserts that the document shows the table of a state machine under that title. A cell is
     * {@code -} where the event is illegal, which throws; nothing else may be thrown.
     */
    public static <S extends Enum<S>, E extends Enum<E>> void assertDocumented(
            String title, Class<S> states, Class<E> events, BiFunction<S, E, S> on)
            throws IOException {
        String table =
                of(
                        List.of(states.getEnumConstants()),
                        List.of(events.getEnumConstants()),
                        (state, event) -> {
                            try {
                                return on.apply(state, event).name();
                            } catch (IllegalStateException illegal) {
                                return "-";
                            }
                        });
        assertDocumented(title, states, table);
    }

    /** Asserts that the document shows the table under that title. */
    public static void assertDocumented(String title, Class<?> states, String table)
            throws IOException {
        String module = states.getName().startsWith(BRIDGE) ? "servlet-bridge" : "container";
        String source = module + "/src/main/java/" + states.getName().replace('.', '/') + ".java";
        String heading = "\n## " + title + "\n";
        String section = heading + "\n`" + source + "`, which says what they mean.\n\n" + table;
        String document = Files.readString(FILE);
        if (System.getProperty("pounce.generate") != null) {
            document = replaced(document, heading, section);
            Files.writeString(FILE, document);
        }
        boolean shown = document.endsWith(section) || document.contains(section + "\n## ");
        assertTrue(
                shown,
                () ->
                        FILE
                                + " is stale: run this test with -Dpounce.generate; it must have"
                                + section);
    }

    private static String replaced(String document, String heading, String section) {
        int from = document.indexOf(heading);
        if (from < 0) {
            return document + section;
        }
        int next = document.indexOf("\n## ", from + heading.length());
        return document.substring(0, from) + section + (next < 0 ? "" : document.substring(next));
    }
}

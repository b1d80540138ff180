package dev.pounce.launcher;

import java.util.List;

/** A configuration that no server can be started with. */
final class InvalidConfiguration extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient List<String> problems;

    /**
     * @param problems all that was found, each a line that says where it is and what is wrong
     */
    InvalidConfiguration(List<String> problems) {
        super(String.join(System.lineSeparator(), problems));
        this.problems = List.copyOf(problems);
    }

    /** All that was found, each a line that says where it is and what is wrong. */
    List<String> problems() {
        return problems;
    }
}

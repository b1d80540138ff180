package dev.pounce.servlet.model;

import java.util.Set;

/**
 * Where a fragment wants to stand among the others (Servlet specification, section 8.2.2, case 2).
 *
 * @param before those that it wants to come before
 * @param after those that it wants to come after
 */
public record RelativeOrder(Neighbours before, Neighbours after) {
    /** Anywhere. */
    public static final RelativeOrder ANY =
            new RelativeOrder(new Neighbours(Set.of(), false), new Neighbours(Set.of(), false));

    /**
     * Fragments on one side.
     *
     * @param names their names
     * @param others whether all that are not named are meant too
     */
    public record Neighbours(Set<String> names, boolean others) {

        /** Copies. */
        public Neighbours {
            names = Set.copyOf(names);
        }
    }
}

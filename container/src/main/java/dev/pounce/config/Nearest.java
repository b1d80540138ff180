package dev.pounce.config;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** Finds the name that somebody probably meant. */
final class Nearest {

    private Nearest() {}

    /**
     * The candidate that the path resembles most, if any resembles it. Upper case, dots, hyphens
     * and underscores count for nothing; the right name in the wrong group counts almost as much as
     * the right path.
     */
    static Optional<String> path(String path, Collection<String> candidates) {
        String wanted = bare(path);
        String wantedName = bare(lastName(path));
        String nearest = null;
        int least = Integer.MAX_VALUE;
        for (String candidate : candidates) {
            int whole = within(distance(wanted, bare(candidate)), wantedName);
            int name = within(distance(wantedName, bare(lastName(candidate))), wantedName);
            int distance = Math.min(whole, name == Integer.MAX_VALUE ? name : name + 1);
            if (distance < least) {
                least = distance;
                nearest = candidate;
            }
        }
        return Optional.ofNullable(nearest);
    }

    /** A distance of more than a third of the last name is no resemblance. */
    private static int within(int distance, String name) {
        return distance <= Math.max(1, name.length() / 3) ? distance : Integer.MAX_VALUE;
    }

    private static String lastName(String path) {
        return path.substring(path.lastIndexOf('.') + 1);
    }

    private static String bare(String path) {
        return path.toLowerCase(Locale.ROOT).replaceAll("[._-]", "");
    }

    /**
     * How many insertions, deletions, substitutions and swaps of neighbours turn one word into the
     * other (optimal string alignment).
     */
    static int distance(String a, String b) {
        int[][] cost = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                cost[i][j] = i == 0 || j == 0 ? i + j : cheapest(a, b, i, j, cost);
            }
        }
        return cost[a.length()][b.length()];
    }

    private static int cheapest(String a, String b, int i, int j, int[][] cost) {
        int substitution = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        int least =
                Math.min(
                        cost[i - 1][j - 1] + substitution,
                        Math.min(cost[i - 1][j], cost[i][j - 1]) + 1);
        boolean swapped =
                i > 1
                        && j > 1
                        && a.charAt(i - 1) == b.charAt(j - 2)
                        && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(least, cost[i - 2][j - 2] + 1) : least;
    }
}

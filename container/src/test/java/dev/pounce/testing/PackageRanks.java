package dev.pounce.testing;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The rule of a table of packages: imports go only to smaller numbers. */
public final class PackageRanks {
    private PackageRanks() {}

    /**
     * Asserts that every package has a rank and uses only those of smaller ones.
     *
     * @param classes those of the packages
     * @param root what is below it has a rank; everything else may be used
     */
    public static void assertImportsGoToSmallerRanks(
            JavaClasses classes, String root, Map<String, Integer> ranks) {
        Set<String> wrong = new TreeSet<>();
        for (JavaClass from : classes) {
            String source = from.getPackageName();
            if (!ranks.containsKey(source)) {
                wrong.add(source + " has no rank");
            }
            for (Dependency each : from.getDirectDependenciesFromSelf()) {
                String target = each.getTargetClass().getBaseComponentType().getPackageName();
                boolean ranked = target.equals(root) || target.startsWith(root + ".");
                if (ranked && !target.equals(source) && !isSmaller(ranks, target, source)) {
                    wrong.add(source + " -> " + target + ": " + each.getDescription());
                }
            }
        }
        assertTrue(wrong.isEmpty(), () -> String.join("\n", wrong));
    }

    private static boolean isSmaller(Map<String, Integer> ranks, String target, String source) {
        Integer targetRank = ranks.get(target);
        Integer sourceRank = ranks.get(source);
        return targetRank != null && sourceRank != null && targetRank < sourceRank;
    }
}

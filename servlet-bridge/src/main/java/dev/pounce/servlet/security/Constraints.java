package dev.pounce.servlet.security;

import dev.pounce.route.PathPattern;
import dev.pounce.servlet.model.SecurityConstraint;
import dev.pounce.servlet.model.SecurityConstraint.Resources;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The constraints of an application, and what they say together (Servlet specification, section
 * 13.8). All of it is decided when it is made. Immutable.
 */
public final class Constraints {
    private final PatternTable table;
    private final List<String> uncovered = new ArrayList<>();

    /**
     * @param roles what the role {@code *} stands for
     * @param uncoveredDenied whether a method that no constraint of a constrained path names is
     *     refused (section 13.8.4.2)
     * @throws IllegalArgumentException when a constraint has a malformed url-pattern
     */
    public Constraints(
            List<SecurityConstraint> constraints, Set<String> roles, boolean uncoveredDenied) {
        Map<PathPattern, List<PatternDemands.Rule>> rules = new LinkedHashMap<>();
        for (SecurityConstraint constraint : constraints) {
            for (Resources resources : constraint.resources()) {
                for (String pattern : resources.urlPatterns()) {
                    rules.computeIfAbsent(
                                    PathPattern.ofServlet(pattern), ignored -> new ArrayList<>())
                            .add(new PatternDemands.Rule(resources, constraint));
                }
            }
        }
        Map<PathPattern, PatternDemands> demands = new LinkedHashMap<>();
        rules.forEach(
                (pattern, all) ->
                        demands.put(pattern, new PatternDemands(all, roles, uncoveredDenied)));
        table = new PatternTable(demands);
        demands.forEach(
                (pattern, each) -> {
                    String methods = each.uncovered();
                    if (methods != null) {
                        uncovered.add(methods + " of " + pattern.text());
                    }
                });
    }

    /** The methods that no constraint covers, by pattern (section 13.8.4), for people. */
    public List<String> uncovered() {
        return List.copyOf(uncovered);
    }

    PatternTable table() {
        return table;
    }
}

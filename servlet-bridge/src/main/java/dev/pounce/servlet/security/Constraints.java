package dev.pounce.servlet.security;

import dev.pounce.route.PathPattern;
import dev.pounce.servlet.model.SecurityConstraint;
import dev.pounce.servlet.model.SecurityConstraint.Access;
import dev.pounce.servlet.model.SecurityConstraint.Resources;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The constraints of an application, and what they say together of a request (Servlet
 * specification, section 13.8). Immutable.
 */
public final class Constraints {

    /**
     * What is asked of a request.
     *
     * @param access who is let in
     * @param roles the roles of {@link Access#ROLES}
     * @param confidential whether the connection has to be protected
     */
    public record Demand(Access access, Set<String> roles, boolean confidential) {
        static final Demand NOTHING = new Demand(Access.EVERYBODY, Set.of(), false);
        static final Demand REFUSAL = new Demand(Access.NOBODY, Set.of(), false);
    }

    private record Rule(PathPattern pattern, Resources resources, SecurityConstraint constraint) {}

    private final List<Rule> rules = new ArrayList<>();
    private final Demand uncovered;

    /**
     * @param uncoveredDenied whether a method that no constraint of a constrained path names is
     *     refused (section 13.8.4.2)
     * @throws IllegalArgumentException when a constraint has a malformed url-pattern
     */
    public Constraints(List<SecurityConstraint> constraints, boolean uncoveredDenied) {
        uncovered = uncoveredDenied ? Demand.REFUSAL : Demand.NOTHING;
        for (SecurityConstraint constraint : constraints) {
            for (Resources resources : constraint.resources()) {
                for (String pattern : resources.urlPatterns()) {
                    rules.add(new Rule(PathPattern.ofServlet(pattern), resources, constraint));
                }
            }
        }
    }

    /** Whether there are none. */
    public boolean isEmpty() {
        return rules.isEmpty();
    }

    /**
     * What is asked of a request: the constraints of the pattern that matches best count, and of
     * them those that name the method (section 13.8.3).
     *
     * @param path decoded, normalised and relative to the context path
     */
    public Demand demand(String path, String method) {
        PathPattern best = best(path);
        if (best == null) {
            return Demand.NOTHING;
        }
        List<SecurityConstraint> matching = new ArrayList<>();
        for (Rule rule : rules) {
            if (rule.pattern.equals(best) && rule.resources.coversMethod(method)) {
                matching.add(rule.constraint);
            }
        }
        return matching.isEmpty() ? uncovered : combine(matching);
    }

    /** Nobody beats everybody, and everybody beats roles, which add up (section 13.8.1). */
    private static Demand combine(List<SecurityConstraint> matching) {
        boolean confidential = matching.stream().allMatch(SecurityConstraint::confidential);
        if (matching.stream().anyMatch(each -> each.access() == Access.NOBODY)) {
            return new Demand(Access.NOBODY, Set.of(), confidential);
        }
        if (matching.stream().anyMatch(each -> each.access() == Access.EVERYBODY)) {
            return new Demand(Access.EVERYBODY, Set.of(), confidential);
        }
        Set<String> roles = new HashSet<>();
        matching.forEach(each -> roles.addAll(each.roles()));
        return new Demand(Access.ROLES, roles, confidential);
    }

    /** The pattern that matches best, in the order of section 12.1. */
    private @Nullable PathPattern best(String path) {
        PathPattern best = null;
        int rank = -1;
        for (Rule rule : rules) {
            int each = rank(rule.pattern, path);
            if (each > rank) {
                rank = each;
                best = rule.pattern;
            }
        }
        return best;
    }

    private static int rank(PathPattern pattern, String path) {
        return switch (pattern) {
            case PathPattern.Exact exact -> exact.path().equals(path) ? Integer.MAX_VALUE : -1;
            case PathPattern.ContextRoot ignored -> path.equals("/") ? Integer.MAX_VALUE : -1;
            case PathPattern.Prefix prefix ->
                    prefix.matches(path) ? 2 + prefix.path().length() : -1;
            case PathPattern.Extension extension ->
                    path.substring(path.lastIndexOf('/') + 1).endsWith("." + extension.extension())
                            ? 1
                            : -1;
            case PathPattern.Default ignored -> 0;
            case PathPattern.Template ignored -> -1;
        };
    }
}

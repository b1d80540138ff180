package dev.pounce.servlet.security;

import dev.pounce.servlet.model.SecurityConstraint;
import dev.pounce.servlet.model.SecurityConstraint.Access;
import dev.pounce.servlet.model.SecurityConstraint.Resources;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What is asked of requests that one url-pattern matches best, by their method: all constraints of
 * the pattern, combined (Servlet specification, section 13.8.1). Immutable.
 */
final class PatternDemands {

    /** A method that no constraint names. */
    private static final String OTHER = "";

    /** A constraint as far as it is about the pattern. */
    record Rule(Resources resources, SecurityConstraint constraint) {}

    private final Map<String, Demand> byMethod = new HashMap<>();
    private final Demand others;
    private final Set<String> uncovered = new TreeSet<>();

    /**
     * @param roles what the role {@code *} stands for
     * @param uncoveredDenied whether a method that no constraint covers is refused (section
     *     13.8.4.2)
     */
    PatternDemands(List<Rule> rules, Set<String> roles, boolean uncoveredDenied) {
        Set<String> named = new HashSet<>();
        for (Rule rule : rules) {
            named.addAll(rule.resources.methods());
            named.addAll(rule.resources.omittedMethods());
        }
        Demand otherwise = uncoveredDenied ? Demand.REFUSAL : Demand.NOTHING;
        for (String method : named) {
            byMethod.put(method, demand(rules, method, roles, otherwise));
        }
        others = demand(rules, OTHER, roles, otherwise);
    }

    private Demand demand(List<Rule> rules, String method, Set<String> roles, Demand otherwise) {
        List<SecurityConstraint> matching = new ArrayList<>();
        for (Rule rule : rules) {
            if (rule.resources.coversMethod(method)) {
                matching.add(rule.constraint);
            }
        }
        if (matching.isEmpty()) {
            uncovered.add(method);
            return otherwise;
        }
        return combine(matching, roles);
    }

    /** Nobody beats everybody, and everybody beats roles, which add up (section 13.8.1). */
    private static Demand combine(List<SecurityConstraint> matching, Set<String> declared) {
        boolean confidential = matching.stream().allMatch(SecurityConstraint::confidential);
        if (matching.stream().anyMatch(each -> each.access() == Access.NOBODY)) {
            return new Demand(Demand.Who.NOBODY, Set.of(), confidential);
        }
        if (matching.stream().anyMatch(each -> each.access() == Access.EVERYBODY)) {
            return new Demand(Demand.Who.EVERYBODY, Set.of(), confidential);
        }
        Set<String> roles = new HashSet<>();
        matching.forEach(each -> roles.addAll(each.roles()));
        if (roles.contains(Roles.ANY_USER) && !declared.contains(Roles.ANY_USER)) {
            return new Demand(Demand.Who.USERS, Set.of(), confidential);
        }
        if (roles.remove(Roles.ANY_ROLE)) {
            roles.addAll(declared);
        }
        return new Demand(Demand.Who.ROLES, roles, confidential);
    }

    /** What is asked of a request with a method. */
    Demand of(String method) {
        Demand named = byMethod.get(method);
        return named != null ? named : others;
    }

    /** Says which methods no constraint covers, or null where there are none. */
    @Nullable String uncovered() {
        if (uncovered.isEmpty()) {
            return null;
        }
        if (!uncovered.contains(OTHER)) {
            return String.join(", ", uncovered);
        }
        Set<String> covered = new TreeSet<>(byMethod.keySet());
        covered.removeAll(uncovered);
        return "all methods but " + String.join(", ", covered);
    }
}

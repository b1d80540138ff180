package dev.pounce.exchange;

import dev.pounce.protocol.ProtocolException;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Which coding policy a request has. Immutable. */
public final class CodingPolicies {

    /**
     * The policy of some paths.
     *
     * @param paths told a decoded and normalised path that begins with the context path; called by
     *     many threads
     */
    public record Rule(Predicate<String> paths, CodingPolicy policy) {}

    private final CodingPolicy general;
    private final Rule[] rules;

    /**
     * @param general of all paths that no rule is for
     * @param rules the first one for a path counts
     */
    public CodingPolicies(CodingPolicy general, List<Rule> rules) {
        this.general = general;
        this.rules = rules.toArray(Rule[]::new);
    }

    /** All policies. */
    public List<CodingPolicy> all() {
        List<CodingPolicy> all = new ArrayList<>(List.of(general));
        for (Rule each : rules) {
            all.add(each.policy());
        }
        return all;
    }

    /** The policy of all paths that no rule is for. */
    public CodingPolicy general() {
        return general;
    }

    /** The policy of a request. Without rules its path is not even looked at. */
    CodingPolicy of(Exchange exchange) {
        return rules.length == 0 ? general : ofPath(exchange);
    }

    private CodingPolicy ofPath(Exchange exchange) {
        String path;
        try {
            path = exchange.path();
        } catch (ProtocolException e) {
            // no handler will see this request, and the error that it gets has no path
            return general;
        }
        return of(path);
    }

    /** The policy of a path. */
    public CodingPolicy of(String path) {
        for (Rule rule : rules) {
            if (rule.paths().test(path)) {
                return rule.policy();
            }
        }
        return general;
    }
}

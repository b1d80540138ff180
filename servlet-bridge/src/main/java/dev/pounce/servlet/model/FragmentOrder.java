package dev.pounce.servlet.model;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The order of fragments (Servlet specification, section 8.2.2). Where nothing is said, fragments
 * stay in the order in which they were given. Used once.
 */
public final class FragmentOrder {

    /** Where a fragment stands by what is said of all others. */
    private enum Group {
        FIRST,
        MIDDLE,
        LAST
    }

    private final List<DescriptorHead> given;
    private final Map<DescriptorHead, Set<DescriptorHead>> predecessors = new LinkedHashMap<>();
    private final Map<DescriptorHead, Group> groups = new HashMap<>();
    private final Set<DescriptorHead> placed = new HashSet<>();
    private final Deque<DescriptorHead> path = new ArrayDeque<>();

    private FragmentOrder(List<DescriptorHead> given) {
        this.given = given;
    }

    /**
     * Orders fragments.
     *
     * @param order what the web.xml says, or null; then the fragments themselves say it
     * @param fragments all fragments, libraries without a descriptor too; each has a source of its
     *     own
     * @return those that take part, in their order
     * @throws DescriptorException when two have the same name, or are to come before each other
     */
    public static List<DescriptorHead> of(
            @Nullable AbsoluteOrder order, List<DescriptorHead> fragments)
            throws DescriptorException {
        return order == null ? new FragmentOrder(fragments).relative() : absolute(order, fragments);
    }

    private static List<DescriptorHead> absolute(
            AbsoluteOrder order, List<DescriptorHead> fragments) throws DescriptorException {
        List<DescriptorHead> others = new ArrayList<>(fragments);
        List<DescriptorHead> named = new ArrayList<>();
        int othersAt = -1;
        for (int i = 0; i <= order.names().size(); i++) {
            if (i == order.othersAt()) {
                othersAt = named.size();
            }
            if (i < order.names().size()) {
                DescriptorHead found = byName(order.names().get(i), fragments);
                if (found != null) {
                    named.add(found);
                    others.remove(found);
                }
            }
        }
        if (othersAt >= 0) {
            named.addAll(othersAt, others);
        }
        return List.copyOf(named);
    }

    private static @Nullable DescriptorHead byName(String name, List<DescriptorHead> fragments)
            throws DescriptorException {
        DescriptorHead found = null;
        for (DescriptorHead each : fragments) {
            if (name.equals(each.fragmentName())) {
                if (found != null) {
                    throw twice(name, found, each);
                }
                found = each;
            }
        }
        return found;
    }

    private static DescriptorException twice(
            String name, DescriptorHead first, DescriptorHead second) {
        return new DescriptorException(
                "two fragments have the <name> "
                        + name
                        + ": "
                        + first.source()
                        + " and "
                        + second.source()
                        + "; take one of the libraries out, or give an <absolute-ordering> in"
                        + " web.xml that does not name it");
    }

    private List<DescriptorHead> relative() throws DescriptorException {
        if (given.stream().noneMatch(DescriptorHead::wantsPlace)) {
            checkNames();
            return List.copyOf(given);
        }
        connect(checkNames());
        group();
        List<DescriptorHead> ordered = new ArrayList<>();
        for (Group group : Group.values()) {
            for (DescriptorHead each : given) {
                if (groups.get(each) == group) {
                    place(each, ordered);
                }
            }
        }
        return List.copyOf(ordered);
    }

    private Map<String, DescriptorHead> checkNames() throws DescriptorException {
        Map<String, DescriptorHead> byName = new HashMap<>();
        for (DescriptorHead each : given) {
            String name = each.fragmentName();
            DescriptorHead first = name == null ? null : byName.putIfAbsent(name, each);
            if (name != null && first != null) {
                throw twice(name, first, each);
            }
        }
        return byName;
    }

    /** Finds out what comes before what. */
    private void connect(Map<String, DescriptorHead> byName) {
        given.forEach(each -> predecessors.put(each, new LinkedHashSet<>()));
        for (DescriptorHead each : given) {
            for (String name : each.relativeOrder().before().names()) {
                DescriptorHead other = byName.get(name);
                if (other != null) {
                    predecessorsOf(other).add(each);
                }
            }
            for (String name : each.relativeOrder().after().names()) {
                DescriptorHead other = byName.get(name);
                if (other != null) {
                    predecessorsOf(each).add(other);
                }
            }
        }
    }

    /** Those that must come before a fragment. */
    private Set<DescriptorHead> predecessorsOf(DescriptorHead each) {
        return predecessors.getOrDefault(each, Set.of());
    }

    /**
     * What comes before one of the first comes first itself, and what comes after one of the last
     * comes last.
     */
    private void group() throws DescriptorException {
        for (DescriptorHead each : given) {
            RelativeOrder order = each.relativeOrder();
            groups.put(
                    each,
                    order.before().others()
                            ? Group.FIRST
                            : order.after().others() ? Group.LAST : Group.MIDDLE);
        }
        boolean changed = true;
        while (changed) {
            changed = false;
            for (DescriptorHead later : given) {
                for (DescriptorHead earlier : predecessorsOf(later)) {
                    changed |= move(earlier, later);
                }
            }
        }
    }

    private boolean move(DescriptorHead earlier, DescriptorHead later) throws DescriptorException {
        Group before = groups.getOrDefault(earlier, Group.MIDDLE);
        Group behind = groups.getOrDefault(later, Group.MIDDLE);
        if (before.compareTo(behind) <= 0) {
            return false;
        }
        if (before == Group.LAST && behind == Group.FIRST) {
            throw new DescriptorException(
                    earlier.source()
                            + " is to come after all others and "
                            + later.source()
                            + " before all others, but the first also before the second: take one"
                            + " of their <before> or <after> elements out");
        }
        if (behind == Group.FIRST) {
            groups.put(earlier, Group.FIRST);
        } else {
            groups.put(later, Group.LAST);
        }
        return true;
    }

    /** Places what must come before a fragment, then the fragment. */
    private void place(DescriptorHead each, List<DescriptorHead> ordered)
            throws DescriptorException {
        if (placed.contains(each)) {
            return;
        }
        if (path.contains(each)) {
            throw circle(each);
        }
        path.addLast(each);
        for (DescriptorHead earlier : predecessorsOf(each)) {
            place(earlier, ordered);
        }
        path.removeLast();
        placed.add(each);
        ordered.add(each);
    }

    private DescriptorException circle(DescriptorHead again) {
        StringBuilder names = new StringBuilder();
        boolean within = false;
        for (DescriptorHead each : path) {
            within |= each.equals(again);
            if (within) {
                names.append(each.source()).append(" after ");
            }
        }
        return new DescriptorException(
                "fragments are to come after each other: "
                        + names
                        + again.source()
                        + "; take one of their <before> or <after> elements out");
    }
}

package dev.pounce.bench;

import dev.pounce.bench.app.Coding;
import dev.pounce.bench.app.Work;
import dev.pounce.bench.peer.Peer;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The servers that take part in something. Those that have nothing for it are not mentioned.
 *
 * @param peers who takes part
 * @param leftOut by the reason those that have the answer and cannot give it as it is wanted
 */
record Participants(List<Peer> peers, Map<String, List<String>> leftOut) {

    /** Chooses for a scenario. */
    static Participants of(List<Peer> peers, Scenario scenario) {
        return of(peers, scenario::workOf, scenario.coding());
    }

    /** Chooses for event streams. */
    static Participants ofEvents(List<Peer> peers, Coding coding) {
        return of(
                peers,
                peer -> Optional.of(Work.EVENTS).filter(peer.abilities().works()::contains),
                coding);
    }

    private static Participants of(
            List<Peer> peers, Function<Peer, Optional<Work>> workOf, Coding coding) {
        List<Peer> in = new ArrayList<>();
        Map<String, List<String>> out = new TreeMap<>();
        for (Peer peer : peers) {
            Optional<Work> work = workOf.apply(peer);
            if (work.isEmpty()) {
                continue;
            }
            peer.abilities()
                    .obstacle(work.get(), coding)
                    .ifPresentOrElse(
                            why ->
                                    out.computeIfAbsent(why, first -> new ArrayList<>())
                                            .add(peer.name()),
                            () -> in.add(peer));
        }
        return new Participants(in, out);
    }

    /** A line for the report, empty when nobody is left out. */
    String describeLeftOut() {
        return leftOut.isEmpty()
                ? ""
                : leftOut.entrySet().stream()
                        .map(
                                entry ->
                                        String.join(", ", entry.getValue())
                                                + " ("
                                                + entry.getKey()
                                                + ")")
                        .collect(Collectors.joining("; ", "Left out: ", ".\n"));
    }
}

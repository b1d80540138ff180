package dev.pounce.bench;

import dev.pounce.bench.app.Coding;
import dev.pounce.bench.peer.Peer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What is to be measured.
 *
 * @param scenarios CPU time of requests
 * @param delays event streams in these codings
 * @param idle what idle connections take
 * @param start start time and memory
 * @param growth what each further thing takes
 */
record Selection(
        List<Scenario> scenarios,
        List<Coding> delays,
        boolean idle,
        boolean start,
        List<Growth> growth) {

    /** The group of all groups. */
    static final String ALL = "all";

    private static final String DELAY = "delay-";
    private static final String IDLE = "idle";
    private static final String START = "start";

    /**
     * What these names stand for; without any it is the group {@link Group#FUSED}.
     *
     * @throws IllegalArgumentException naming what there is not
     */
    static Selection of(List<String> names, List<String> groups) {
        Set<String> wanted = new LinkedHashSet<>(names);
        for (String group : groups) {
            wanted.addAll(ofGroup(group));
        }
        if (wanted.isEmpty()) {
            wanted.addAll(namesOf(Group.FUSED));
        }
        List<Scenario> scenarios = new ArrayList<>();
        List<Coding> delays = new ArrayList<>();
        List<Growth> growth = new ArrayList<>();
        for (String name : wanted) {
            Optional<Scenario> scenario =
                    Arrays.stream(Scenario.values())
                            .filter(candidate -> candidate.label().equals(name))
                            .findFirst();
            Optional<Coding> delay =
                    Arrays.stream(Coding.values())
                            .filter(coding -> name.equals(DELAY + coding.label()))
                            .findFirst();
            Optional<Growth> grown =
                    Arrays.stream(Growth.values())
                            .filter(candidate -> candidate.label().equals(name))
                            .findFirst();
            scenario.ifPresent(scenarios::add);
            grown.ifPresent(growth::add);
            delay.ifPresent(delays::add);
            if (scenario.isEmpty()
                    && delay.isEmpty()
                    && grown.isEmpty()
                    && !name.equals(IDLE)
                    && !name.equals(START)) {
                throw new IllegalArgumentException("there is no scenario '" + name + "'");
            }
        }
        return new Selection(
                scenarios, delays, wanted.contains(IDLE), wanted.contains(START), growth);
    }

    /** The names in a group. */
    static List<String> namesOf(Group group) {
        return switch (group) {
            case DELAY ->
                    Arrays.stream(Coding.values()).map(coding -> DELAY + coding.label()).toList();
            case FOOTPRINT -> List.of(START, IDLE);
            case GROWTH -> Arrays.stream(Growth.values()).map(Growth::label).toList();
            case FUSED, SERVLET, STREAMING, FILES, LOAD ->
                    Arrays.stream(Scenario.values())
                            .filter(scenario -> scenario.group() == group)
                            .map(Scenario::label)
                            .toList();
        };
    }

    private static List<String> ofGroup(String label) {
        List<String> names =
                Arrays.stream(Group.values())
                        .filter(group -> label.equals(ALL) || label.equals(group.label()))
                        .flatMap(group -> namesOf(group).stream())
                        .toList();
        if (names.isEmpty()) {
            throw new IllegalArgumentException("there is no group '" + label + "'");
        }
        return names;
    }

    /** Those of the servers that are to run during the whole comparison. */
    List<Peer> running(List<Peer> peers) {
        return peers.stream()
                .filter(
                        peer ->
                                scenarios.stream()
                                                .anyMatch(
                                                        scenario ->
                                                                Participants.of(peers, scenario)
                                                                        .peers()
                                                                        .contains(peer))
                                        || delays.stream()
                                                .anyMatch(
                                                        coding ->
                                                                Participants.ofEvents(peers, coding)
                                                                        .peers()
                                                                        .contains(peer)))
                .toList();
    }

    /** How many servers are measured, each for the time of a {@link Plan}. */
    int measurements(List<Peer> peers) {
        int count = 0;
        for (Scenario scenario : scenarios) {
            count += Participants.of(peers, scenario).peers().size();
        }
        for (Coding coding : delays) {
            count += Participants.ofEvents(peers, coding).peers().size();
        }
        return count + (start ? peers.size() : 0);
    }
}

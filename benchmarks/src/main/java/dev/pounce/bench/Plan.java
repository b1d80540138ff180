package dev.pounce.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * How much is measured.
 *
 * @param scenarios one after the other
 * @param rounds how often each server is measured in each scenario
 * @param seconds the length of a measurement
 * @param warmupSeconds how long each server is loaded in a scenario before its first measurement
 */
record Plan(List<Scenario> scenarios, int rounds, int seconds, int warmupSeconds) {

    /** The order of a round: each begins one server later, so that none always follows another. */
    static <T> List<T> order(List<T> servers, int round) {
        List<T> order = new ArrayList<>(servers);
        Collections.rotate(order, -round);
        return order;
    }

    /** How long it will take, but for starting the servers. */
    Duration duration(int servers) {
        return Duration.ofSeconds(
                (long) scenarios.size() * servers * (warmupSeconds + (long) rounds * seconds));
    }
}

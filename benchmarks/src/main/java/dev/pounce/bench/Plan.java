package dev.pounce.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * How much is measured.
 *
 * @param rounds how often each server is measured in each scenario
 * @param seconds the length of a measurement
 * @param warmupSeconds how long each server is loaded in a scenario before its first measurement
 * @param sends whether the calls that send flushed chunks are counted too
 */
record Plan(int rounds, int seconds, int warmupSeconds, boolean sends) {

    /** The order of a round: each begins one server later, so that none always follows another. */
    static <T> List<T> order(List<T> servers, int round) {
        List<T> order = new ArrayList<>(servers);
        Collections.rotate(order, -round);
        return order;
    }

    /** How long it will take to measure so many servers, but for starting them. */
    Duration duration(int servers) {
        return Duration.ofSeconds((long) servers * (warmupSeconds + (long) rounds * seconds));
    }
}

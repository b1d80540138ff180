package dev.pounce.bench;

import java.util.HashMap;
import java.util.Map;

/**
 * What the client counted in one round.
 *
 * @param responses whole responses
 * @param micros the time that it took
 * @param bytes the bytes of all responses, cut ones too
 * @param p50Micros the time that half of the requests took at most; see the next
 * @param p99Micros the time that 99 of 100 requests took at most; means nothing when they were
 *     pipelined, since wrk times a batch once and ranks by responses
 * @param errors connects, reads, writes and time-outs that failed, and statuses that tell of errors
 */
record Load(long responses, long micros, long bytes, long p50Micros, long p99Micros, long errors) {

    private static final String PREFIX = "bench ";

    /**
     * Reads the line that {@code load.lua} writes.
     *
     * @throws BenchmarkException when it is not there
     */
    static Load parse(String output) {
        String line =
                output.lines()
                        .filter(candidate -> candidate.startsWith(PREFIX))
                        .findFirst()
                        .orElseThrow(
                                () -> new BenchmarkException("wrk gave no figures: " + output));
        Map<String, Long> values = new HashMap<>();
        for (String pair : line.substring(PREFIX.length()).split(" ")) {
            String[] parts = pair.split("=", 2);
            values.put(parts[0], Long.parseLong(parts[1]));
        }
        return new Load(
                value(values, "responses"),
                value(values, "micros"),
                value(values, "bytes"),
                value(values, "p50"),
                value(values, "p99"),
                value(values, "connect")
                        + value(values, "read")
                        + value(values, "write")
                        + value(values, "status")
                        + value(values, "timeout"));
    }

    private static long value(Map<String, Long> values, String name) {
        Long value = values.get(name);
        if (value == null) {
            throw new BenchmarkException("wrk gave no figure for " + name);
        }
        return value;
    }

    /**
     * Makes sure that the round can be compared: no errors, and as many bytes as so many answers
     * have, but for those under way at the end.
     *
     * @param server the server's name
     * @param size the size of one answer
     * @param underWay how many answers can have been cut off by the end of the round
     */
    void require(String server, AnswerSize size, long underWay) {
        if (responses == 0 || errors > 0) {
            throw new BenchmarkException(
                    server
                            + " gave "
                            + responses
                            + " answers and "
                            + errors
                            + " errors in a round");
        }
        long expected = responses * size.bytes();
        double allowed = (double) underWay * size.bytes() + expected * size.slack();
        if (Math.abs(bytes - expected) > allowed) {
            throw new BenchmarkException(
                    String.format(
                            "%s sent %d bytes in %d answers where %d were expected:"
                                    + " not all answers were the right one",
                            server, bytes, responses, expected));
        }
    }
}

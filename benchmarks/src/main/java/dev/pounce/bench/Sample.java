package dev.pounce.bench;

/**
 * One round of one server.
 *
 * @param responses whole responses
 * @param cpuMicros CPU time of the server per response; of one that was cut off by the end of the
 *     round the part counts that had come, for where answers are large there are few in a round
 * @param throughput responses per second
 * @param p50Millis see {@link Load#p50Micros}
 * @param p99Millis see {@link Load#p99Micros}
 */
record Sample(
        long responses, double cpuMicros, double throughput, double p50Millis, double p99Millis) {

    static Sample of(double serverCpuMicros, Load load, AnswerSize size) {
        return new Sample(
                load.responses(),
                serverCpuMicros * size.bytes() / load.bytes(),
                load.responses() * 1e6 / load.micros(),
                load.p50Micros() / 1e3,
                load.p99Micros() / 1e3);
    }
}

package dev.pounce.bench;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What was measured of one server in one scenario.
 *
 * @param server its name
 * @param description what it is
 * @param size the size of its answers
 * @param samples a sample for each round
 */
record Figures(String server, String description, AnswerSize size, List<Sample> samples) {

    /** The spread of one of the figures. */
    Spread spread(ToDoubleFunction<Sample> figure) {
        return Spread.of(samples.stream().mapToDouble(figure).toArray());
    }

    /** The middle of the CPU times. */
    double cpu() {
        return spread(Sample::cpuMicros).median();
    }
}

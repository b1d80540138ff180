package dev.pounce.bench;

/**
 * How large the answers of a server are.
 *
 * @param bytes head, framing and content
 * @param exact whether each has exactly this size: encoders and what is cut into chunks may come to
 *     a few bytes more or less
 */
record AnswerSize(int bytes, boolean exact) {

    private static final double SLACK = 0.01;

    /** The part by which the mean of many answers may differ. */
    double slack() {
        return exact ? 0 : SLACK;
    }
}

package dev.pounce.bench;

/**
 * How the client asks.
 *
 * @param depth requests in one write; the next ones are sent when all answers have come
 * @param connections open connections, or 0 for as many as the command line says
 * @param pauseMillis the longest pause before a request; each is of a random length
 */
record Shape(int depth, int connections, int pauseMillis) {

    /** One request after the other. */
    static final Shape KEPT_ALIVE = new Shape(1, 0, 0);

    static Shape pipelined(int depth) {
        return new Shape(depth, 0, 0);
    }

    static Shape over(int connections) {
        return new Shape(1, connections, 0);
    }

    static Shape paced(int pauseMillis) {
        return new Shape(1, 0, pauseMillis);
    }
}

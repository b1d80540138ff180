package dev.pounce.bench;

/** What the clients do; in each the connections are kept alive. */
enum Scenario {
    /** A request is sent when the answer to the one before has come. */
    KEPT_ALIVE("kept-alive", 1),
    /** 16 requests are sent in one write, the next 16 when all answers have come. */
    PIPELINED("pipelined", 16);

    private final String label;
    private final int depth;

    Scenario(String label, int depth) {
        this.label = label;
        this.depth = depth;
    }

    /** The name for the command line and the tables. */
    String label() {
        return label;
    }

    /** Requests in one write. */
    int depth() {
        return depth;
    }

    @Override
    public String toString() {
        return label;
    }
}

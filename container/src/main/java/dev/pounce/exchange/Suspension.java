package dev.pounce.exchange;

/**
 * Lets an exchange outlive the call of its handler without holding a thread: the handler says
 * {@link #suspend} and returns, and whoever knows later how to go on says {@link #resume}.
 */
public interface Suspension {

    /**
     * From now on other threads than the one that runs the handler may act for the exchange, one at
     * a time: nothing of it is where that thread works for the next one. Called before any of them
     * can; does nothing when that was so before.
     */
    void standAlone();

    /** What goes on with an exchange. */
    @FunctionalInterface
    interface Step {

        /**
         * Acts for the exchange; when it returns the response is ended, unless the exchange was
         * suspended again.
         *
         * @throws Exception what is not answered yet becomes a 500
         */
        void run(Exchange exchange) throws Exception;
    }

    /**
     * The exchange does not end when the handler or step that is running returns. Called by its
     * thread.
     *
     * @throws IllegalStateException when it is suspended already
     */
    void suspend();

    /**
     * Runs a step on a thread of its own, once the handler or step that suspended the exchange has
     * returned. Called by any thread.
     *
     * @return false when the exchange is not suspended, or was resumed before; nothing is run then
     */
    boolean resume(Step step);
}

package dev.pounce.servlet.session;

/**
 * The life of a session. It goes one way only; {@link #next} throws where it has ended.
 *
 * <table>
 *   <caption>What is possible</caption>
 *   <tr><th>state</th><th>a request can enter</th><th>attributes</th><th>next</th></tr>
 *   <tr><td>VALID</td><td>yes</td><td>yes</td><td>ENDING, DEPARTED</td></tr>
 *   <tr><td>ENDING</td><td>no</td><td>yes</td><td>INVALID</td></tr>
 *   <tr><td>DEPARTED</td><td>no</td><td>yes</td><td>-</td></tr>
 *   <tr><td>INVALID</td><td>no</td><td>IllegalStateException</td><td>-</td></tr>
 * </table>
 */
enum SessionState {
    /** In use, or waiting for a request. */
    VALID,
    /** Listeners are told that it is about to be invalidated, and may still read it. */
    ENDING,
    /** It goes on in the next version of the application; who still has it may use this copy. */
    DEPARTED,
    /** Over; its attributes are gone. */
    INVALID;

    boolean hasAttributes() {
        return this != INVALID;
    }

    SessionState next() {
        return switch (this) {
            case VALID -> ENDING;
            case ENDING -> INVALID;
            case DEPARTED ->
                    throw new IllegalStateException("a session that has departed does not end");
            case INVALID -> throw new IllegalStateException("an invalid session stays invalid");
        };
    }
}

package dev.pounce.servlet.parts;

/**
 * The parts of a request are too many or too large (Javadoc of HttpServletRequest.getParts). It
 * carries the status that says so, for the case that the application lets it pass.
 */
public final class PartLimitException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    PartLimitException(String message) {
        super(message);
    }

    /** The status of the answer. */
    public int status() {
        return 413;
    }
}

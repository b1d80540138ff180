package dev.pounce.servlet.http;

/**
 * The request's parameters cannot be read (Servlet specification, section 3.1). It carries the
 * status that says so, for the case that the application lets it pass.
 */
public final class ParameterException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    private final int status;

    /**
     * @param status the status of the answer, 400 or 413
     */
    ParameterException(int status, String message) {
        super(message);
        this.status = status;
    }

    /** The status of the answer: 400, or 413 when there is too much of them. */
    public int status() {
        return status;
    }
}

package dev.pounce.protocol;

import java.io.IOException;

/**
 * The peer broke the protocol or a limit. It carries the status that says so and a stable code for
 * the error catalogue; the connection is closed after the answer.
 */
public final class ProtocolException extends IOException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;

    /**
     * @param status the status of the answer, 400 to 505
     * @param code a stable code of the catalogue, for instance {@code POUNCE_PARSE_FIELD}
     * @param message what is wrong, for the log; never contains bytes that the peer sent
     */
    public ProtocolException(int status, String code, String message) {
        super(message);
        this.status = status;
        this.code = code;
    }

    /** The status of the answer. */
    public int status() {
        return status;
    }

    /** The stable code, as in the error catalogue. */
    public String code() {
        return code;
    }

    /** Exceptions of this kind are made for every hostile byte; a stack trace would only cost. */
    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}

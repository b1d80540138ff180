package dev.pounce.exchange;

import java.io.IOException;

/** The client went away, or took or sent nothing for too long; nobody can be answered any more. */
public final class ClientGoneException extends IOException {
    private static final long serialVersionUID = 1L;

    /**
     * @param message what was noticed
     */
    public ClientGoneException(String message) {
        super(message);
    }

    /**
     * @param cause what the connection threw
     */
    public ClientGoneException(IOException cause) {
        super(cause.getMessage() == null ? cause.toString() : cause.getMessage(), cause);
    }
}

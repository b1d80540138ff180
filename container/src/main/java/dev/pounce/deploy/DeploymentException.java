package dev.pounce.deploy;

/** A webapp cannot be deployed; the message says what, where and what to do. */
public final class DeploymentException extends Exception {
    private static final long serialVersionUID = 1L;

    /** A reason of our own. */
    public DeploymentException(String message) {
        super(message);
    }

    /** A reason with what it came from. */
    public DeploymentException(String message, Throwable cause) {
        super(message, cause);
    }
}

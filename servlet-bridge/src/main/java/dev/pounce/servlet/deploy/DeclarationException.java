package dev.pounce.servlet.deploy;

/** What an application declares cannot be; the message says what and where. */
final class DeclarationException extends Exception {
    private static final long serialVersionUID = 1L;

    DeclarationException(String message) {
        super(message);
    }

    DeclarationException(String message, Throwable cause) {
        super(message, cause);
    }
}

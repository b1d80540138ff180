package dev.pounce.servlet.model;

/** A deployment descriptor that cannot be read; the message says where and why. */
public final class DescriptorException extends Exception {
    private static final long serialVersionUID = 1L;

    DescriptorException(String message) {
        super(message);
    }

    DescriptorException(String message, Throwable cause) {
        super(message, cause);
    }
}

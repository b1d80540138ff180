package dev.pounce.bench;

/** A comparison cannot go on; the message, for the person at the terminal, says why. */
final class BenchmarkException extends RuntimeException {

    BenchmarkException(String message) {
        super(message);
    }

    BenchmarkException(String message, Throwable cause) {
        super(message, cause);
    }
}

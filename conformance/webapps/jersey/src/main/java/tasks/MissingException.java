package tasks;

/** There is no such task. */
final class MissingException extends RuntimeException {
    MissingException(int id) {
        super("no task " + id);
    }
}

package dev.pounce.control;

/**
 * What a server says to a command.
 *
 * @param status the exit status that the command is to have; 0 when it was done
 * @param text lines for people
 */
public record Answer(int status, String text) {

    /** It was done. */
    public static Answer done(String text) {
        return new Answer(0, text);
    }

    /** It was not done. */
    public static Answer failed(String text) {
        return new Answer(1, text);
    }
}

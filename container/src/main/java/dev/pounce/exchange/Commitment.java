package dev.pounce.exchange;

/** What the client was told of a response. */
public enum Commitment {
    /** Nothing. */
    NONE,
    /** Its head, when its content was complete. */
    WHOLE,
    /** Its head, before its content was complete. */
    STREAMED
}

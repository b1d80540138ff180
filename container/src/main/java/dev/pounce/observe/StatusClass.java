package dev.pounce.observe;

/** The classes of status codes (RFC 9110 section 15) that final responses have. */
public enum StatusClass {
    /** The client was told no status: the connection was reset. */
    NONE,
    SUCCESSFUL,
    REDIRECTION,
    /** Also 499: the client went before it had the whole response. */
    CLIENT_ERROR,
    SERVER_ERROR;

    private static final StatusClass[] ALL = values();

    static StatusClass of(int status) {
        return status < 200 || status > 599 ? NONE : ALL[status / 100 - 1];
    }
}

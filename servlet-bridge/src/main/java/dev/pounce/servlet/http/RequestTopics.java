package dev.pounce.servlet.http;

/**
 * What a request façade does not do itself.
 *
 * @param async its asynchronous processing
 * @param parts its parts
 * @param security its user
 * @param listeners where its content's listener is called
 */
public record RequestTopics(
        AsyncAccess async, PartAccess parts, SecurityAccess security, ListenerAccess listeners) {

    /** No user, and an exception for whoever asks for more. */
    public static RequestTopics none() {
        return new RequestTopics(
                NotSupported.ASYNC,
                NotSupported.PARTS,
                NotSupported.SECURITY,
                NotSupported.LISTENERS);
    }
}

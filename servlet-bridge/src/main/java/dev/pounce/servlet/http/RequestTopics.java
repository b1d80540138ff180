package dev.pounce.servlet.http;

/**
 * What a request façade does not do itself.
 *
 * @param sessions its session
 * @param async its asynchronous processing
 * @param parts its parts
 * @param security its user
 * @param listeners where its content's listener is called
 * @param attributes who is told of changes of its attributes
 */
public record RequestTopics(
        SessionAccess sessions,
        AsyncAccess async,
        PartAccess parts,
        SecurityAccess security,
        ListenerAccess listeners,
        AttributeEvents attributes) {

    /** No session and no user, and an exception for whoever asks for more. */
    public static RequestTopics none() {
        return new RequestTopics(
                NotSupported.SESSIONS,
                NotSupported.ASYNC,
                NotSupported.PARTS,
                NotSupported.SECURITY,
                NotSupported.LISTENERS,
                AttributeEvents.NONE);
    }
}

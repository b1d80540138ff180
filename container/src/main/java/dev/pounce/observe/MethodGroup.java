package dev.pounce.observe;

/** The methods that are counted one by one; all others are one group, for clients invent them. */
public enum MethodGroup {
    GET,
    HEAD,
    POST,
    PUT,
    PATCH,
    DELETE,
    OPTIONS,
    /** Any other method, or a request whose method could not be read. */
    OTHER;

    static MethodGroup of(String method) {
        return switch (method) {
            case "GET" -> GET;
            case "HEAD" -> HEAD;
            case "POST" -> POST;
            case "PUT" -> PUT;
            case "PATCH" -> PATCH;
            case "DELETE" -> DELETE;
            case "OPTIONS" -> OPTIONS;
            default -> OTHER;
        };
    }
}

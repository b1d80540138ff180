package dev.pounce.api;

import java.util.LinkedHashMap;
import java.util.Map;

/** Thrown by a fused handler to answer with another status than 200 (RFC 9110 section 15). */
public final class HttpStatusException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final transient Map<String, String> fields = new LinkedHashMap<>();

    /**
     * @param status 200 to 599
     * @param message the response's content as plain text; may be empty
     */
    public HttpStatusException(int status, String message) {
        super(message, null, false, false);
        if (status < 200 || status > 599) {
            throw new IllegalArgumentException("status must be 200 to 599: " + status);
        }
        this.status = status;
    }

    /** Adds a response field, for instance {@code Location} or {@code Retry-After}. */
    public HttpStatusException with(String name, String value) {
        fields.put(name, value);
        return this;
    }

    /** The status code. */
    public int status() {
        return status;
    }

    /** Further response fields in the order in which they were added. */
    public Map<String, String> fields() {
        return Map.copyOf(fields);
    }
}

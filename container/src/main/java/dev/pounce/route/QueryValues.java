package dev.pounce.route;

import dev.pounce.api.HttpStatusException;
import dev.pounce.protocol.ProtocolException;
import dev.pounce.protocol.UrlEncoded;

import org.jspecify.annotations.Nullable;

import java.util.List;

/** Reads the name-value pairs of a query, as UTF-8. */
public final class QueryValues {
    private QueryValues() {}

    /**
     * The values of a name, in the order in which they were sent.
     *
     * @param query the query as it was sent, or null
     * @throws HttpStatusException with 400 when percent-encoding is broken
     */
    public static List<String> of(@Nullable String query, String name) {
        if (query == null) {
            return List.of();
        }
        try {
            return UrlEncoded.values(query, name);
        } catch (ProtocolException e) {
            throw new HttpStatusException(
                    e.status(), "The query has percent-encoding that is broken or no UTF-8.");
        }
    }
}

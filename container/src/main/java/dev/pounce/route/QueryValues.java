package dev.pounce.route;

import dev.pounce.api.HttpStatusException;

import org.jspecify.annotations.Nullable;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
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
        List<String> values = new ArrayList<>(1);
        for (String member : query.split("&")) {
            int equals = member.indexOf('=');
            String key = equals < 0 ? member : member.substring(0, equals);
            if (decode(key).equals(name)) {
                values.add(equals < 0 ? "" : decode(member.substring(equals + 1)));
            }
        }
        return values;
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new HttpStatusException(400, "The query has broken percent-encoding.");
        }
    }
}

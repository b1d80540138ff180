package dev.pounce.exchange;

import dev.pounce.protocol.ResponseFields;
import dev.pounce.protocol.TrailerFields;

import org.jspecify.annotations.Nullable;

import java.util.Map;
import java.util.function.Supplier;

/**
 * The trailer fields of a response: those of the application, and what Server-Timing could not say
 * in the head. Used again for every response of its {@link Response}, by the owner of the exchange
 * only.
 */
final class LateFields {
    private final ResponseTiming timing;
    private boolean accepted;
    private @Nullable Supplier<Map<String, String>> supplier;

    LateFields(ResponseTiming timing) {
        this.timing = timing;
    }

    /**
     * Begins a response.
     *
     * @param acceptsTrailers whether the client said that it looks at them
     */
    void begin(boolean acceptsTrailers) {
        accepted = acceptsTrailers;
        supplier = null;
    }

    /** Sets where the application's come from, or takes that back with null. */
    void supplier(@Nullable Supplier<Map<String, String>> given) {
        supplier = given;
    }

    /** Whether the application has any. */
    boolean isSupplied() {
        return supplier != null;
    }

    /** Whether Server-Timing is among them. */
    boolean hasTiming() {
        return accepted && timing.isSent();
    }

    /** All of them, when the content has ended; null when there are none. */
    @Nullable ResponseFields fields() {
        Supplier<Map<String, String>> given = supplier;
        if (given == null && !hasTiming()) {
            return null;
        }
        ResponseFields fields = new ResponseFields();
        Map<String, String> supplied = given == null ? null : given.get();
        if (supplied != null) {
            supplied.forEach((name, value) -> add(fields, name, value));
        }
        if (hasTiming()) {
            fields.add("Server-Timing", timing.late());
        }
        return fields;
    }

    private static void add(ResponseFields fields, String name, String value) {
        if (TrailerFields.isForbidden(name)) {
            throw new IllegalArgumentException(
                    "the field "
                            + name
                            + " must not be a trailer (RFC 9110 section 6.5.1): set it in the"
                            + " head");
        }
        fields.add(name, value);
    }
}

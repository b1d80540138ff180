package dev.pounce.servlet.session;

import dev.pounce.servlet.http.SessionNote;

import org.jspecify.annotations.Nullable;

import java.util.Map;
import java.util.function.Supplier;

/**
 * A session on its way from one version of an application to the next: what a class loader stands
 * behind is in bytes.
 *
 * @param id stays the same
 * @param creationTime milliseconds since the epoch, like the other times
 * @param accessed the last access
 * @param accessedBefore the one before that
 * @param maxInactiveSeconds 0 or less for ever
 * @param isNew whether the client has not joined it yet
 * @param note what the server keeps with it, of which nothing is the application's: requests of
 *     both versions see it change
 * @param whole all attributes in one, so that what they share they go on sharing; null when one of
 *     them cannot be serialised
 * @param single the attributes that can be serialised, one by one
 */
record TravellingSession(
        String id,
        long creationTime,
        long accessed,
        long accessedBefore,
        int maxInactiveSeconds,
        boolean isNew,
        @Nullable SessionNote note,
        byte @Nullable [] whole,
        Supplier<Map<String, byte[]>> single) {

    /** The same, for which nothing is needed any more of the application that it came from. */
    TravellingSession detached() {
        Map<String, byte[]> known = single.get();
        return new TravellingSession(
                id,
                creationTime,
                accessed,
                accessedBefore,
                maxInactiveSeconds,
                isNew,
                note,
                whole,
                () -> known);
    }
}

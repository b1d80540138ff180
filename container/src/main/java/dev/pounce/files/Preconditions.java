package dev.pounce.files;

import dev.pounce.protocol.HttpDates;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;

/** The conditions of a GET or HEAD (RFC 9110 section 13). */
final class Preconditions {

    /** What they come to. */
    enum Outcome {
        /** The method is to be performed. */
        PROCEED,
        /** The client has the representation already: 304. */
        NOT_MODIFIED,
        /** The client wants nothing of a representation like this: 412. */
        FAILED
    }

    private Preconditions() {}

    /** In the order of section 13.2.2; a date that cannot be read is no condition. */
    static Outcome evaluate(FileExchange request, Validators current) {
        List<String> match = request.fields("If-Match");
        if (!match.isEmpty()) {
            if (!isAny(match)
                    && EntityTag.list(match).stream().noneMatch(current.etag()::matchesStrongly)) {
                return Outcome.FAILED;
            }
        } else {
            Instant unmodified = onlyDate(request.fields("If-Unmodified-Since"));
            if (unmodified != null && current.modified().isAfter(unmodified)) {
                return Outcome.FAILED;
            }
        }
        List<String> noneMatch = request.fields("If-None-Match");
        if (!noneMatch.isEmpty()) {
            boolean matched =
                    isAny(noneMatch)
                            || EntityTag.list(noneMatch).stream()
                                    .anyMatch(current.etag()::matchesWeakly);
            return matched ? Outcome.NOT_MODIFIED : Outcome.PROCEED;
        }
        Instant modified = onlyDate(request.fields("If-Modified-Since"));
        return modified != null && !current.modified().isAfter(modified)
                ? Outcome.NOT_MODIFIED
                : Outcome.PROCEED;
    }

    /** The one date of a field, or null where there is none, or more than one, or no date. */
    private static @Nullable Instant onlyDate(List<String> lines) {
        return lines.size() == 1 ? HttpDates.parse(lines.get(0)) : null;
    }

    private static boolean isAny(List<String> lines) {
        return lines.size() == 1 && lines.get(0).strip().equals("*");
    }

    /**
     * Whether Range counts (section 13.1.5): without If-Range, or when it names exactly this
     * representation with a strong validator.
     */
    static boolean isRangeWanted(FileExchange request, Validators current) {
        List<String> lines = request.fields("If-Range");
        if (lines.isEmpty()) {
            return true;
        }
        if (lines.size() > 1 || !current.settled()) {
            return false;
        }
        Instant date = onlyDate(lines);
        if (date != null) {
            return date.equals(current.modified());
        }
        List<EntityTag> tags = EntityTag.list(lines);
        return tags.size() == 1 && tags.get(0).matchesStrongly(current.etag());
    }
}

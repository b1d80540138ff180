package dev.pounce.files;

import dev.pounce.encoding.ContentCoding;
import dev.pounce.protocol.HttpDates;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * The validators of a file in one coding (RFC 9110 section 8.8). Size and time of a file that has
 * rested for a while prove its bytes: whoever changes it later leaves another time. Until then the
 * tag is weak, and the date is none that a range could be built on.
 *
 * @param etag the entity tag
 * @param modified the value of Last-Modified, whole seconds, never in the future
 * @param settled whether they are strong
 */
record Validators(EntityTag etag, Instant modified, boolean settled) {

    /** No file system and no second of a date is coarser. */
    private static final long SETTLED_MILLIS = 2_000;

    /** The validators of a file at a moment, in milliseconds since 1970. */
    static Validators of(FoundFile file, ContentCoding coding, long now) {
        boolean settled = isSettled(file, now);
        String opaque =
                Long.toHexString(file.size()) + '-' + Long.toHexString(file.modifiedMillis());
        String suffix = coding == ContentCoding.IDENTITY ? "" : '-' + coding.token();
        Instant modified =
                Instant.ofEpochMilli(Math.min(file.modifiedMillis(), now))
                        .truncatedTo(ChronoUnit.SECONDS);
        return new Validators(new EntityTag(!settled, opaque + suffix), modified, settled);
    }

    /** Whether a change from now on would show in the file's time. */
    static boolean isSettled(FoundFile file, long now) {
        return file.modifiedMillis() + SETTLED_MILLIS <= now;
    }

    /** The value of Last-Modified. */
    String lastModified() {
        return HttpDates.format(modified);
    }
}

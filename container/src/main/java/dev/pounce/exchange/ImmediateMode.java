package dev.pounce.exchange;

import org.jspecify.annotations.Nullable;

import java.util.Objects;

/**
 * Whether each write of a response is flushed, which its content type says; the answer is kept for
 * as long as that stays the same. Used again for every response of its {@link Response}, by the
 * owner of the exchange only.
 */
final class ImmediateMode {
    private final StreamingSettings settings;
    private @Nullable String type;
    private boolean immediate;

    ImmediateMode(StreamingSettings settings) {
        this.settings = settings;
    }

    boolean isOnFor(@Nullable String contentType) {
        if (!Objects.equals(contentType, type)) {
            type = contentType;
            immediate = contentType != null && settings.immediate().matches(contentType);
        }
        return immediate;
    }
}

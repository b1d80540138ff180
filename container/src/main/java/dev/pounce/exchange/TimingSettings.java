package dev.pounce.exchange;

import dev.pounce.config.ServerConfig.ServerTiming;
import dev.pounce.protocol.RequestHead;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.function.LongSupplier;

/**
 * Which requests are measured for Server-Timing, and by which clock. Immutable.
 *
 * @param mode whether any, all, or those that know the secret
 * @param secret what the request field {@link #DEBUG_FIELD} has to say
 * @param clock nanoseconds; the clock of the receipt
 */
public record TimingSettings(ServerTiming mode, String secret, LongSupplier clock) {

    /** The request field by which a client asks for Server-Timing. */
    public static final String DEBUG_FIELD = "Pounce-Debug";

    /** Whether the response to this request carries Server-Timing. */
    boolean isSentFor(RequestHead request) {
        return switch (mode) {
            case OFF -> false;
            case ON -> true;
            case DEBUG -> isSecretOf(request);
        };
    }

    /** In a time that says nothing about how much of it was right. */
    private boolean isSecretOf(RequestHead request) {
        String given = request.field(DEBUG_FIELD);
        return given != null
                && MessageDigest.isEqual(
                        given.getBytes(StandardCharsets.ISO_8859_1),
                        secret.getBytes(StandardCharsets.ISO_8859_1));
    }
}

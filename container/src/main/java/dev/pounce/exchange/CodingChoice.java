package dev.pounce.exchange;

import dev.pounce.encoding.ContentCoding;
import dev.pounce.encoding.Negotiation;
import dev.pounce.protocol.ResponseFields;

import org.jspecify.annotations.Nullable;

import java.util.Locale;

/**
 * Decides once, at commit, how a response's content is coded, and makes its fields say so (RFC 9110
 * sections 8.4, 8.8.3 and 12.5).
 */
final class CodingChoice {
    private static final String ACCEPT_ENCODING = "Accept-Encoding";

    private CodingChoice() {}

    /**
     * The coding to use.
     *
     * @param knownLength the content's length in bytes, or -1 when it is not known
     */
    static ContentCoding choose(
            ResponseSettings settings,
            Negotiation negotiation,
            int status,
            ResponseFields fields,
            long knownLength) {
        if (!settings.offer().isNegotiable() || !isEncodable(status, fields)) {
            return ContentCoding.IDENTITY;
        }
        ContentCoding coding = negotiation.coding();
        if (coding == ContentCoding.IDENTITY || !negotiation.identityAcceptable()) {
            return coding;
        }
        if (!mayBeCompressible(settings, status, fields)) {
            return ContentCoding.IDENTITY;
        }
        boolean small = knownLength >= 0 && knownLength < settings.minSize();
        return small ? ContentCoding.IDENTITY : coding;
    }

    private static boolean isEncodable(int status, ResponseFields fields) {
        return status != 204
                && status != 205
                && status != 206
                && status != 416
                && !fields.contains("Content-Encoding")
                && !fields.contains("Content-Range")
                && !isTransformForbidden(fields);
    }

    private static boolean isTransformForbidden(ResponseFields fields) {
        String control = fields.get("Cache-Control");
        return control != null && control.toLowerCase(Locale.ROOT).contains("no-transform");
    }

    /** A 304 without the type of what it stands for may stand for anything. */
    private static boolean mayBeCompressible(
            ResponseSettings settings, int status, ResponseFields fields) {
        return status == 304 && !fields.contains("Content-Type")
                || isCompressible(settings, fields);
    }

    private static boolean isCompressible(ResponseSettings settings, ResponseFields fields) {
        String type = fields.get("Content-Type");
        return type != null && settings.types().matches(type);
    }

    /**
     * Adds Vary, Content-Encoding and a weak ETag where they belong, and takes type and coding off
     * a 304, which has none (RFC 9110 section 15.4.5).
     */
    static void apply(
            ResponseSettings settings, ContentCoding coding, int status, ResponseFields fields) {
        boolean coded = coding != ContentCoding.IDENTITY;
        if (coded || isNegotiable(settings, status, fields)) {
            vary(fields);
        }
        if (status == 304) {
            fields.remove("Content-Type");
            fields.remove("Content-Encoding");
        }
        if (!coded) {
            return;
        }
        String etag = fields.get("ETag");
        if (etag != null && etag.startsWith("\"")) {
            fields.set("ETag", "W/" + etag);
        }
        if (status != 304) {
            fields.addChecked("Content-Encoding", coding.token());
        }
    }

    private static boolean isNegotiable(
            ResponseSettings settings, int status, ResponseFields fields) {
        return settings.offer().isNegotiable()
                && status != 204
                && status != 205
                && !fields.contains("Content-Encoding")
                && (mayBeCompressible(settings, status, fields) || isParts(status, fields))
                && !isTransformForbidden(fields);
    }

    /** The parts' type is inside of the content, so the whole may have been negotiated. */
    private static boolean isParts(int status, ResponseFields fields) {
        String type = fields.get("Content-Type");
        return status == 206 && type != null && type.startsWith("multipart/byteranges");
    }

    private static void vary(ResponseFields fields) {
        @Nullable String vary = fields.get("Vary");
        if (vary == null) {
            fields.addChecked("Vary", ACCEPT_ENCODING);
            return;
        }
        String all = String.join(", ", fields.all("Vary"));
        if (!all.equals("*") && !all.toLowerCase(Locale.ROOT).contains("accept-encoding")) {
            fields.set("Vary", all + ", " + ACCEPT_ENCODING);
        }
    }
}

package dev.pounce.exchange;

import dev.pounce.encoding.CompressibleTypes;
import dev.pounce.encoding.ContentCoding;
import dev.pounce.encoding.EncoderProfile;
import dev.pounce.encoding.Negotiation;
import dev.pounce.protocol.ResponseFields;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Locale;

/**
 * Decides once, at commit, how a response's content is coded, and makes its fields say so (RFC 9110
 * sections 8.4, 8.8.3 and 12.5).
 */
final class CodingChoice {
    private static final String ACCEPT_ENCODING = "Accept-Encoding";

    /** What is sent record by record, and is as like as not to go on for hours. */
    private static final CompressibleTypes EVENTS =
            new CompressibleTypes(
                    List.of(
                            "text/event-stream",
                            "application/x-ndjson",
                            "application/ndjson",
                            "application/jsonl",
                            "application/json-seq"));

    private CodingChoice() {}

    /**
     * The coding to use.
     *
     * @param knownLength the content's length in bytes, or -1 when it is not known
     */
    static ContentCoding choose(
            CodingPolicy policy,
            Negotiation negotiation,
            int status,
            ResponseFields fields,
            long knownLength) {
        ContentCoding coding = negotiation.coding();
        if (coding == ContentCoding.IDENTITY
                || !policy.offer().isNegotiable()
                || !isEncodable(status, fields)) {
            return ContentCoding.IDENTITY;
        }
        if (!negotiation.identityAcceptable()) {
            return coding;
        }
        if (!mayBeCompressible(policy, status, fields)
                || policy.keepsStrongEtags() && hasStrongEtag(fields)) {
            return ContentCoding.IDENTITY;
        }
        boolean small = knownLength >= 0 && knownLength < policy.minSize();
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
            CodingPolicy policy, int status, ResponseFields fields) {
        return status == 304 && !fields.contains("Content-Type") || isCompressible(policy, fields);
    }

    private static boolean isCompressible(CodingPolicy policy, ResponseFields fields) {
        String type = fields.get("Content-Type");
        return type != null && policy.types().matches(type);
    }

    /**
     * Adds Vary, Content-Encoding and a weak ETag where they belong, and takes type and coding off
     * a 304, which has none (RFC 9110 section 15.4.5).
     */
    static void apply(
            CodingPolicy policy, ContentCoding coding, int status, ResponseFields fields) {
        boolean coded = coding != ContentCoding.IDENTITY;
        if (coded || isNegotiable(policy, status, fields)) {
            vary(fields);
        }
        if (status == 304) {
            fields.remove("Content-Type");
            fields.remove("Content-Encoding");
        }
        if (!coded) {
            return;
        }
        if (hasStrongEtag(fields)) {
            fields.set("ETag", "W/" + fields.get("ETag"));
        }
        if (status != 304) {
            fields.addChecked("Content-Encoding", coding.token());
        }
    }

    private static boolean hasStrongEtag(ResponseFields fields) {
        String etag = fields.get("ETag");
        return etag != null && etag.startsWith("\"");
    }

    /**
     * What an encoder for this content has to be made for.
     *
     * @param coding gzip or zstd
     * @param knownLength the content's length in bytes, or -1 when it is not known
     */
    static EncoderProfile profile(
            CodingPolicy policy, ContentCoding coding, ResponseFields fields, long knownLength) {
        String type = knownLength < 0 ? fields.get("Content-Type") : null;
        return type != null && EVENTS.matches(type)
                ? policy.profiles().ofEvents(coding)
                : policy.profiles().ofLength(coding, knownLength);
    }

    private static boolean isNegotiable(CodingPolicy policy, int status, ResponseFields fields) {
        return policy.offer().isNegotiable()
                && status != 204
                && status != 205
                && !fields.contains("Content-Encoding")
                && (mayBeCompressible(policy, status, fields) || isParts(status, fields))
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

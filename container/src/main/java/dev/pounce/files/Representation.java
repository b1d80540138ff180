package dev.pounce.files;

import dev.pounce.encoding.AcceptEncoding;
import dev.pounce.encoding.ContentCoding;
import dev.pounce.encoding.Negotiation;
import dev.pounce.encoding.Offer;

import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * A form in which a file can be sent.
 *
 * @param file has its bytes: the file itself or one beside it that holds it encoded
 * @param coding the coding that those bytes are in
 * @param validators those of this form: each coding has a tag of its own (RFC 9110 section 8.8.3.3)
 * @param etag the value of ETag
 * @param lastModified the value of Last-Modified
 */
record Representation(
        FoundFile file,
        ContentCoding coding,
        Validators validators,
        String etag,
        String lastModified) {

    static Representation of(FoundFile file, ContentCoding coding, long now) {
        Validators validators = Validators.of(file, coding, now);
        return new Representation(
                file, coding, validators, validators.etag().toString(), validators.lastModified());
    }

    /**
     * What a request's Accept-Encoding comes to where these encoded files are there.
     *
     * @param encoded their codings
     */
    static Negotiation negotiate(FileExchange request, Set<ContentCoding> encoded) {
        var lines = request.fields("Accept-Encoding");
        if (lines.isEmpty()) {
            return AcceptEncoding.none();
        }
        byte[] value = String.join(",", lines).getBytes(StandardCharsets.ISO_8859_1);
        Offer offer = Offer.of(encoded.toArray(ContentCoding[]::new));
        return AcceptEncoding.negotiate(value, 0, value.length, offer);
    }
}

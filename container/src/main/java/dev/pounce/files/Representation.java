package dev.pounce.files;

import dev.pounce.encoding.AcceptEncoding;
import dev.pounce.encoding.ContentCoding;
import dev.pounce.encoding.Negotiation;
import dev.pounce.encoding.Offer;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * A form in which a file can be sent.
 *
 * @param file has its bytes: the file itself or one beside it that holds it encoded
 * @param coding the coding that those bytes are in
 * @param validators those of this form: each coding has a tag of its own (RFC 9110 section 8.8.3.3)
 */
record Representation(FoundFile file, ContentCoding coding, Validators validators) {

    static Representation of(FoundFile file, ContentCoding coding, long now) {
        return new Representation(file, coding, Validators.of(file, coding, now));
    }

    /**
     * What a request's Accept-Encoding comes to where these encoded files are there.
     *
     * @param encoded by their coding
     */
    static Negotiation negotiate(FileExchange request, Map<ContentCoding, FoundFile> encoded) {
        var lines = request.fields("Accept-Encoding");
        if (lines.isEmpty()) {
            return AcceptEncoding.none();
        }
        byte[] value = String.join(",", lines).getBytes(StandardCharsets.ISO_8859_1);
        Offer offer = Offer.of(encoded.keySet().toArray(ContentCoding[]::new));
        return AcceptEncoding.negotiate(value, 0, value.length, offer);
    }
}

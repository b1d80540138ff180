package dev.pounce.encoding;

/**
 * What to make of a request's Accept-Encoding (RFC 9110 section 12.5.3). The outcomes are few and
 * fixed, so negotiating allocates nothing and outcomes may be compared with {@code ==}.
 */
public enum Negotiation {
    /** Identity is preferred, or nothing else that is offered is acceptable. */
    IDENTITY(ContentCoding.IDENTITY, true),
    /** gzip; identity where the response is not worth it. */
    GZIP(ContentCoding.GZIP, true),
    /** gzip, whatever size or type the response has. */
    GZIP_ONLY(ContentCoding.GZIP, false),
    /** zstd; identity where the response is not worth it. */
    ZSTD(ContentCoding.ZSTD, true),
    /** zstd, whatever size or type the response has. */
    ZSTD_ONLY(ContentCoding.ZSTD, false),
    /** Identity is refused and nothing that is offered is acceptable: 406. */
    NOT_ACCEPTABLE(ContentCoding.IDENTITY, false);

    private final ContentCoding coding;
    private final boolean identityAcceptable;

    Negotiation(ContentCoding coding, boolean identityAcceptable) {
        this.coding = coding;
        this.identityAcceptable = identityAcceptable;
    }

    /** The best coding that is both offered and acceptable. */
    public ContentCoding coding() {
        return coding;
    }

    /** Whether the response may also go out unencoded. */
    public boolean identityAcceptable() {
        return identityAcceptable;
    }

    static Negotiation of(ContentCoding coding, boolean identityAcceptable) {
        return switch (coding) {
            case IDENTITY -> identityAcceptable ? IDENTITY : NOT_ACCEPTABLE;
            case GZIP -> identityAcceptable ? GZIP : GZIP_ONLY;
            case ZSTD -> identityAcceptable ? ZSTD : ZSTD_ONLY;
        };
    }
}

package dev.pounce.encoding;

import static dev.pounce.encoding.ContentCoding.GZIP;
import static dev.pounce.encoding.ContentCoding.IDENTITY;
import static dev.pounce.encoding.ContentCoding.ZSTD;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.charset.StandardCharsets;
import java.util.Random;

/** RFC 9110 section 12.5.3. */
class AcceptEncodingTest {

    private static final Offer BOTH = Offer.of(GZIP, ZSTD);

    private static Negotiation negotiate(String value, Offer offer) {
        byte[] padded = ("gzip, " + value + ", zstd").getBytes(StandardCharsets.ISO_8859_1);
        return AcceptEncoding.negotiate(padded, 6, padded.length - 6, offer);
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            nullValues = "\0",
            ignoreLeadingAndTrailingWhitespace = true,
            textBlock =
                    """
                    # what browsers and tools send
                    gzip, deflate, br, zstd                     | ZSTD
                    gzip, deflate, br                           | GZIP
                    deflate, br                                 | IDENTITY
                    gzip                                        | GZIP
                    zstd                                        | ZSTD
                    identity                                    | IDENTITY
                    *                                           | ZSTD
                    # weights rank, server order breaks ties
                    gzip;q=1, zstd;q=0.9                        | GZIP
                    gzip;q=0.9, zstd;q=1                        | ZSTD
                    gzip;q=0.5, zstd;q=0.5                      | ZSTD
                    zstd;q=0.5, gzip;q=0.5                      | ZSTD
                    gzip;q=0.001                                | GZIP
                    gzip;q=0.999, zstd;q=0.998                  | GZIP
                    gzip;q=1.000, zstd;q=0.9                    | GZIP
                    gzip;q=1., zstd;q=0.9                       | GZIP
                    # a weight of 0 is a no
                    gzip;q=0                                    | IDENTITY
                    gzip;q=0.000, zstd;q=0.                     | IDENTITY
                    zstd;q=0, gzip                              | GZIP
                    zstd;q=0, *                                 | GZIP
                    # identity takes part where it has a weight
                    identity, gzip;q=0.5                        | IDENTITY
                    identity;q=0.5, gzip;q=0.5                  | GZIP
                    identity;q=0.5, gzip;q=0.4                  | IDENTITY
                    identity;q=0.1, gzip;q=0.4                  | GZIP
                    identity;q=1, *;q=0                         | IDENTITY
                    identity;q=0.2, *;q=0                       | IDENTITY
                    # identity refused
                    identity;q=0, gzip                          | GZIP_ONLY
                    identity;q=0, *                             | ZSTD_ONLY
                    identity;q=0                                | NOT_ACCEPTABLE
                    identity;q=0, br                            | NOT_ACCEPTABLE
                    *;q=0                                       | NOT_ACCEPTABLE
                    *;q=0, br                                   | NOT_ACCEPTABLE
                    *;q=0, gzip                                 | GZIP_ONLY
                    gzip, *;q=0, zstd;q=0.1                     | GZIP_ONLY
                    gzip;q=0, zstd;q=0, *                       | IDENTITY
                    gzip;q=0, zstd;q=0, identity;q=0            | NOT_ACCEPTABLE
                    # the asterisk stands for whatever is not named
                    *;q=0.5, gzip;q=0.2                         | ZSTD
                    *;q=0.2, gzip;q=0.5                         | GZIP
                    *;q=0.5                                     | ZSTD
                    # case, blanks, empty members, the alias
                    GZip                                        | GZIP
                    ZSTD;Q=1                                    | ZSTD
                    IDENTITY;q=0, X-GZIP                        | GZIP_ONLY
                    x-gzip                                      | GZIP
                    ,, gzip ,,                                  | GZIP
                    gzip ; q=0 , zstd ; q=0.5                   | ZSTD
                    # a coding named twice has its lower weight
                    gzip, gzip;q=0                              | IDENTITY
                    gzip;q=0, gzip                              | IDENTITY
                    x-gzip;q=0.3, gzip, zstd;q=0.5              | ZSTD
                    # members that break the grammar say nothing
                    gzip;q=                                     | IDENTITY
                    gzip;q                                      | IDENTITY
                    gzip;                                       | IDENTITY
                    gzip;q=2                                    | IDENTITY
                    gzip;q=1.001                                | IDENTITY
                    gzip;q=0.1234                               | IDENTITY
                    gzip;q=.5                                   | IDENTITY
                    gzip;q=-1                                   | IDENTITY
                    gzip;q=0,5                                  | IDENTITY
                    gzip;q=0.5x                                 | IDENTITY
                    gzip;q=0.5;a=b                              | IDENTITY
                    gzip;level=9                                | IDENTITY
                    gzip;q =1                                   | IDENTITY
                    gzip;q= 1                                   | IDENTITY
                    gzip zstd                                   | IDENTITY
                    gzipp, gzi, zstd2, xgzip                    | IDENTITY
                    "gzip"                                      | IDENTITY
                    ;q=1                                        | IDENTITY
                    identity;q=0x                               | IDENTITY
                    gzip;q=nope, zstd                           | ZSTD
                    **                                          | IDENTITY
                    é, gzip                                     | GZIP
                    """)
    void negotiatesAgainstZstdAndGzip(String value, Negotiation expected) {
        assertSame(expected, negotiate(value, BOTH));
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    gzip, zstd                 | GZIP
                    zstd                       | IDENTITY
                    *                          | GZIP
                    zstd, identity;q=0         | NOT_ACCEPTABLE
                    zstd, gzip, identity;q=0   | GZIP_ONLY
                    gzip;q=0.2, *;q=0.8        | IDENTITY
                    """)
    void whatIsNotOfferedDoesNotCount(String value, Negotiation expected) {
        assertSame(expected, negotiate(value, Offer.of(GZIP)));
    }

    @Test
    void withNothingOfferedOnlyIdentityIsLeft() {
        assertSame(Negotiation.IDENTITY, negotiate("gzip, zstd", Offer.NONE));
        assertSame(Negotiation.NOT_ACCEPTABLE, negotiate("gzip, identity;q=0", Offer.NONE));
    }

    @Test
    void anEmptyValueWantsIdentity() {
        assertSame(Negotiation.IDENTITY, negotiate("", BOTH));
        assertSame(Negotiation.IDENTITY, negotiate(" \t ", BOTH));
        assertSame(Negotiation.IDENTITY, AcceptEncoding.none());
    }

    @Test
    void optionalWhitespaceIncludesTabs() {
        assertSame(Negotiation.GZIP_ONLY, negotiate("\tgzip\t;\tq=0.5\t,identity ;\t q=0\t", BOTH));
    }

    @Test
    void outcomesSayWhatTheyMean() {
        assertEquals(ZSTD, Negotiation.ZSTD.coding());
        assertTrue(Negotiation.ZSTD.identityAcceptable());
        assertFalse(Negotiation.GZIP_ONLY.identityAcceptable());
        assertEquals(IDENTITY, Negotiation.NOT_ACCEPTABLE.coding());
        assertFalse(Negotiation.NOT_ACCEPTABLE.identityAcceptable());
        for (ContentCoding coding : ContentCoding.values()) {
            for (boolean identity : new boolean[] {true, false}) {
                Negotiation outcome = Negotiation.of(coding, identity);
                assertEquals(coding, outcome.coding());
                assertEquals(identity, outcome.identityAcceptable());
            }
        }
    }

    @Test
    void offersKnowWhetherThereIsSomethingToNegotiate() {
        assertTrue(BOTH.isNegotiable());
        assertFalse(Offer.NONE.isNegotiable());
        assertFalse(Offer.of(IDENTITY).isNegotiable());
        assertTrue(Offer.NONE.contains(IDENTITY));
        assertFalse(Offer.of(GZIP).contains(ZSTD));
        assertEquals("Offer identity gzip zstd", BOTH.toString());
    }

    @Test
    void anyBytesAtAllAreAnswered() {
        Random random = new Random(12_53);
        byte[] alphabet =
                "gzip zstd identity x-*;q=01.,,;;\t\0\"\u00ff"
                        .getBytes(StandardCharsets.ISO_8859_1);
        for (int i = 0; i < 50_000; i++) {
            byte[] value = new byte[random.nextInt(24)];
            for (int b = 0; b < value.length; b++) {
                value[b] = alphabet[random.nextInt(alphabet.length)];
            }
            int from = value.length == 0 ? 0 : random.nextInt(value.length);
            assertTrue(AcceptEncoding.negotiate(value, from, value.length, BOTH) != null);
        }
    }

    @Test
    void negotiatingAllocatesNothing() {
        byte[] value =
                "gzip;q=0.8, x-gzip, deflate, br, zstd;q=0.9, identity;q=0, *;q=0.1, ;q=x"
                        .getBytes(StandardCharsets.ISO_8859_1);
        Runnable batch =
                () -> {
                    for (int i = 0; i < 500; i++) {
                        assertSame(
                                Negotiation.ZSTD_ONLY,
                                AcceptEncoding.negotiate(value, 0, value.length, BOTH));
                    }
                };
        assertEquals(0, Allocations.fewest(batch));
    }
}

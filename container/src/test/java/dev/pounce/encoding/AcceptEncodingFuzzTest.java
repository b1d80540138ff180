package dev.pounce.encoding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import dev.pounce.testing.Fuzz;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.nio.charset.StandardCharsets;
import java.util.Random;

/** Any value of Accept-Encoding is negotiated, and only the bytes of the value decide. */
@Timeout(600)
class AcceptEncodingFuzzTest {
    private static final String[] CODINGS = {"gzip", "zstd", "identity", "x-gzip", "*", "br"};
    private static final String[] WEIGHTS = {
        "", "", "", ";q=0", ";q=1", ";q=1.000", ";q=0.001", "; Q=0.5", " ;q=0.9", ";q=2", ";x=1"
    };
    private static final String[] EVIL = {
        ",", ";", "=", "q", "0", ".", " ", "\t", "\"", "\u00ff", "\u0000", "z", ";;", ",,,"
    };
    private static final Offer OFFER = Offer.of(ContentCoding.ZSTD, ContentCoding.GZIP);

    @Test
    void values() {
        Fuzz fuzz = new Fuzz("Accept-Encoding", 64 << 10);
        fuzz.run(
                random -> {
                    byte[] value = value(random);
                    Negotiation negotiation =
                            AcceptEncoding.negotiate(value, 0, value.length, OFFER);
                    assertNotNull(negotiation);
                    byte[] between = new byte[value.length + 8];
                    random.nextBytes(between);
                    System.arraycopy(value, 0, between, 3, value.length);
                    assertEquals(
                            negotiation,
                            AcceptEncoding.negotiate(between, 3, 3 + value.length, OFFER));
                    return negotiation.coding().name();
                });
        for (ContentCoding coding : ContentCoding.values()) {
            fuzz.assertShare(coding.name(), 3);
        }
    }

    private static byte[] value(Random random) {
        StringBuilder value = new StringBuilder();
        for (int i = random.nextInt(4); i >= 0; i--) {
            value.append(one(random, CODINGS)).append(one(random, WEIGHTS));
            value.append(i == 0 ? "" : random.nextBoolean() ? ", " : ",");
        }
        for (int i = random.nextInt(3); i > 0; i--) {
            value.insert(random.nextInt(value.length() + 1), one(random, EVIL));
        }
        return value.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String one(Random random, String[] texts) {
        return texts[random.nextInt(texts.length)];
    }
}

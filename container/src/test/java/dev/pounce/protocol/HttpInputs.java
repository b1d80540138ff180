package dev.pounce.protocol;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;

/** Generates messages that follow the grammar, and breaks them with what parsers trip over. */
final class HttpInputs {
    private static final String[] METHODS = {"GET", "POST", "OPTIONS", "BREW", "a", "CONNECT"};
    private static final String[] PATHS = {
        "/", "/a", "/a/b/", "/a/../b", "/./", "//a", "/%41%2e", "/a;p=1/b", "/%c3%a9", "/..", "/%2f"
    };
    private static final String[] FIELDS = {
        "Content-Length: 5",
        "content-length: 0",
        "Transfer-Encoding: chunked",
        "Transfer-Encoding: gzip, chunked",
        "Connection: close, x",
        "Expect: 100-continue",
        "Accept-Encoding: zstd;q=1, gzip",
        "TE: trailers",
        "X:",
        "X: \t a b \t ",
        "X: \u00e9\u00ff",
        "Cookie: a=\"b\"; c=d",
    };
    private static final String[] HOSTS = {"a", "a:80", "[::1]", "[1:2::]:9", "", "a%20b"};
    private static final String[] EXTENSIONS = {"", ";a", ";a=b", "; a = \"b\\\"c;\"", ";a;b=c"};
    private static final byte[] EVIL = {
        '\r',
        '\n',
        ' ',
        '\t',
        0,
        0x0b,
        0x1f,
        0x7f,
        (byte) 0x80,
        (byte) 0xff,
        ':',
        ',',
        ';',
        '=',
        '"',
        '\\',
        '%',
        '/',
        '.',
        '?',
        '#',
        '@',
        '[',
        ']',
        '0',
        '9',
        'f',
        'G',
        '+',
        '-',
        '*',
        '('
    };
    private static final String[] EVIL_TEXTS = {
        "\r\n",
        "\n\r",
        "\r\r\n",
        "\r\n\r\n",
        "\r\n ",
        "99999999999999999999",
        "ffffffffffffffff",
        "%00",
        "%2e%2e",
        "%c0%af",
        "../",
        "chunked",
        "Content-Length: 1\r\n",
        "Host: b\r\n",
        "HTTP/",
        "http://b",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
    };

    private HttpInputs() {}

    private static String one(Random random, String[] texts) {
        return texts[random.nextInt(texts.length)];
    }

    static String path(Random random) {
        StringBuilder path = new StringBuilder(one(random, PATHS));
        while (random.nextInt(3) == 0) {
            path.append(one(random, PATHS));
        }
        return path.toString();
    }

    static String query(Random random) {
        StringBuilder query = new StringBuilder();
        for (int i = random.nextInt(4); i >= 0; i--) {
            query.append(i % 2 == 0 ? "a" : "%61b+");
            if (random.nextBoolean()) {
                query.append('=').append(random.nextBoolean() ? "1+2%20" : "%c3%a9");
            }
            query.append(i == 0 ? "" : "&");
        }
        return query.toString();
    }

    /** A head, well-formed but for what its parts mean together. */
    static byte[] head(Random random) {
        String host = one(random, HOSTS);
        StringBuilder head = new StringBuilder();
        if (random.nextInt(8) == 0) {
            head.append("\r\n");
        }
        head.append(one(random, METHODS)).append(' ');
        if (random.nextInt(4) == 0) {
            head.append(random.nextInt(4) == 0 ? "https://" : "http://").append(host);
        }
        head.append(path(random));
        if (random.nextInt(3) == 0) {
            head.append('?').append(query(random));
        }
        head.append(random.nextInt(8) == 0 ? " HTTP/1.0\r\n" : " HTTP/1.1\r\n");
        head.append("Host: ").append(host).append("\r\n");
        for (int i = random.nextInt(5); i > 0; i--) {
            head.append(one(random, FIELDS)).append("\r\n");
        }
        head.append("\r\n");
        return latin1(head.toString());
    }

    /** Chunked content, well-formed. */
    static byte[] chunks(Random random) {
        StringBuilder chunks = new StringBuilder();
        for (int i = random.nextInt(4); i > 0; i--) {
            int size = 1 + random.nextInt(20);
            chunks.append("0".repeat(random.nextInt(3)));
            chunks.append(random.nextBoolean() ? Integer.toHexString(size) : "%X".formatted(size));
            chunks.append(one(random, EXTENSIONS)).append("\r\n");
            for (int j = 0; j < size; j++) {
                chunks.append((char) random.nextInt(256));
            }
            chunks.append("\r\n");
        }
        chunks.append("0".repeat(1 + random.nextInt(3))).append(one(random, EXTENSIONS));
        chunks.append("\r\n");
        for (int i = random.nextInt(3); i > 0; i--) {
            chunks.append(one(random, FIELDS)).append("\r\n");
        }
        return latin1(chunks.append("\r\n").toString());
    }

    /** Breaks an input in none, one or a few places. */
    static byte[] mutate(Random random, byte[] valid) {
        byte[] input = valid;
        for (int i = random.nextInt(4); i > 0; i--) {
            input = mutateOnce(random, input);
        }
        return input;
    }

    private static byte[] mutateOnce(Random random, byte[] input) {
        int at = random.nextInt(input.length + 1);
        int end = Math.min(input.length, at + random.nextInt(12));
        return switch (random.nextInt(8)) {
            case 0 -> splice(input, at, at, new byte[] {evil(random)});
            case 1 -> splice(input, at, Math.min(input.length, at + 1), new byte[] {evil(random)});
            case 2 -> splice(input, at, at, latin1(one(random, EVIL_TEXTS)));
            case 3 -> splice(input, at, end, new byte[0]);
            case 4 -> splice(input, end, end, Arrays.copyOfRange(input, at, end));
            case 5 -> Arrays.copyOf(input, at);
            case 6 -> splice(input, at, at, new byte[] {(byte) random.nextInt(256)});
            default -> {
                byte[] repeated = new byte[random.nextInt(700)];
                Arrays.fill(repeated, evil(random));
                yield splice(input, at, at, repeated);
            }
        };
    }

    private static byte evil(Random random) {
        return EVIL[random.nextInt(EVIL.length)];
    }

    private static byte[] splice(byte[] input, int from, int to, byte[] replacement) {
        ByteArrayOutputStream spliced =
                new ByteArrayOutputStream(input.length + replacement.length);
        spliced.write(input, 0, from);
        spliced.writeBytes(replacement);
        spliced.write(input, to, input.length - to);
        return spliced.toByteArray();
    }

    static byte[] latin1(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}

package dev.pounce.bench.app;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** What is answered, made once; whoever is given an array leaves it as it is. */
public final class Content {

    /** The 13 bytes. */
    public static final String HELLO = "Hello, World!";

    /** The bytes of a page. */
    public static final int PAGE_BYTES = 16 << 10;

    /** The flushes of a response in chunks. */
    public static final int CHUNKS = 64;

    /** The bytes of one of these chunks. */
    public static final int CHUNK_BYTES = 1 << 10;

    /** The writes of a large response. */
    public static final int PARTS = 128;

    /** The bytes of one of these writes. */
    public static final int PART_BYTES = 8 << 10;

    private static final String[] GOODS = {
        "Kettle", "Lamp", "Notebook", "Umbrella", "Teapot", "Scarf", "Compass", "Blanket"
    };
    private static final String[] WORDS = {
        "light",
        "robust",
        "made",
        "of",
        "oak",
        "and",
        "brass",
        "for",
        "travel",
        "in",
        "winter",
        "with",
        "a",
        "two",
        "year",
        "guarantee",
        "washable",
        "folds",
        "flat",
        "sold",
        "singly"
    };

    private static final List<String> PAGE = makePage();
    private static final List<byte[]> CHUNK_LIST = cut(CHUNKS, CHUNK_BYTES);
    private static final List<byte[]> PART_LIST = cut(PARTS, PART_BYTES);

    private Content() {}

    /** A page of HTML in the pieces in which a template writes it: tags, names, numbers. */
    public static List<String> page() {
        return PAGE;
    }

    /** JSON events, each a write and a flush. */
    public static List<byte[]> chunks() {
        return CHUNK_LIST;
    }

    /** A MiB of JSON events, each element a write. */
    public static List<byte[]> parts() {
        return PART_LIST;
    }

    /** An object of JSON, put together anew. */
    public static String json(int id, String name, String currency, int cents) {
        return new StringBuilder(96)
                .append("{\"id\":")
                .append(id)
                .append(",\"name\":\"")
                .append(name)
                .append("\",\"currency\":\"")
                .append(currency)
                .append("\",\"cents\":")
                .append(cents)
                .append(",\"available\":true}")
                .toString();
    }

    /** The object that is asked for. */
    public static String json() {
        return json(4711, "Umbrella", "EUR", 1995);
    }

    private static List<byte[]> cut(int count, int size) {
        byte[] text = EventText.bytes(count * size);
        List<byte[]> pieces = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            pieces.add(Arrays.copyOfRange(text, i * size, (i + 1) * size));
        }
        return List.copyOf(pieces);
    }

    private static List<String> makePage() {
        String end = "</table>\n</body>\n</html>\n";
        Random random = new Random(16);
        List<String> pieces = new ArrayList<>();
        pieces.add(
                "<!DOCTYPE html>\n<html lang=\"en\">\n<head><title>Goods</title></head>\n<body>\n");
        pieces.add("<h1>Goods</h1>\n<table>\n");
        for (int id = 1; length(pieces) + end.length() < PAGE_BYTES - 400; id++) {
            addRow(pieces, id, random);
        }
        int rest = PAGE_BYTES - length(pieces) - end.length();
        pieces.add("<!--" + "-".repeat(rest - 8) + "-->\n");
        pieces.add(end);
        int length = length(pieces);
        if (length != PAGE_BYTES || String.join("", pieces).getBytes(US_ASCII).length != length) {
            throw new IllegalStateException("The page has " + length + " bytes");
        }
        return List.copyOf(pieces);
    }

    private static void addRow(List<String> pieces, int id, Random random) {
        StringBuilder words = new StringBuilder();
        for (int i = 3 + random.nextInt(8); i > 0; i--) {
            words.append(WORDS[random.nextInt(WORDS.length)]).append(i > 1 ? " " : "");
        }
        pieces.add("  <tr id=\"item-");
        pieces.add(Integer.toString(id));
        pieces.add("\" class=\"item\">\n    <td><a href=\"/goods/");
        pieces.add(Integer.toHexString(random.nextInt()));
        pieces.add("\">");
        pieces.add(GOODS[random.nextInt(GOODS.length)]);
        pieces.add("</a></td>\n    <td class=\"text\">");
        pieces.add(words.toString());
        pieces.add("</td>\n    <td class=\"price\">");
        pieces.add(String.format(Locale.ROOT, "%d.%02d", random.nextInt(300), random.nextInt(100)));
        pieces.add("</td>\n  </tr>\n");
    }

    private static int length(List<String> pieces) {
        return pieces.stream().mapToInt(String::length).sum();
    }
}

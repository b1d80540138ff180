package dev.pounce.bench.parts;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;

/** Text such as an event stream carries; the same at each call. */
final class EventText {

    private static final String[] KINDS = {"order.created", "order.paid", "cart.changed", "login"};
    private static final String[] CITIES = {"Lisbon", "Oslo", "Nairobi", "Lima", "Kyoto", "Perth"};
    private static final String[] WORDS = {
        "delivery", "before", "noon", "please", "ring", "twice", "leave", "with", "the",
                "neighbour",
        "fragile", "gift", "wrap", "invoice", "follows", "by", "mail", "call", "first", "express"
    };

    private EventText() {}

    /** The first bytes of an endless stream of JSON events. */
    static byte[] bytes(int size) {
        Random random = new Random(25);
        StringBuilder text = new StringBuilder();
        for (int id = 1000; text.length() < size; id++) {
            text.append(event(id, random));
        }
        return Arrays.copyOf(text.toString().getBytes(StandardCharsets.US_ASCII), size);
    }

    private static String event(int id, Random random) {
        StringBuilder note = new StringBuilder();
        for (int words = 3 + random.nextInt(8); words > 0; words--) {
            note.append(pick(WORDS, random)).append(words > 1 ? " " : "");
        }
        return String.format(
                Locale.ROOT,
                "id: %d%ndata:"
                        + " {\"kind\":\"%s\",\"user\":\"%08x\",\"city\":\"%s\",\"amount\":%d.%02d,"
                        + "\"note\":\"%s\"}%n%n",
                id,
                pick(KINDS, random),
                random.nextInt(),
                pick(CITIES, random),
                random.nextInt(500),
                random.nextInt(100),
                note);
    }

    private static String pick(String[] from, Random random) {
        return from[random.nextInt(from.length)];
    }
}

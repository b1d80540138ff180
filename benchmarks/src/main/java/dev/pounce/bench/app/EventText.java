package dev.pounce.bench.app;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;

/** Text such as an event stream carries; the same at each call. */
public final class EventText {

    private static final String[] KINDS = {"order.created", "order.paid", "cart.changed", "login"};
    private static final String[] CITIES = {"Lisbon", "Oslo", "Nairobi", "Lima", "Kyoto", "Perth"};
    private static final String[] WORDS = {
        "delivery", "before", "noon", "please", "ring", "twice", "leave", "with", "the",
                "neighbour",
        "fragile", "gift", "wrap", "invoice", "follows", "by", "mail", "call", "first", "express"
    };

    private EventText() {}

    /** The first bytes of an endless stream of JSON events. */
    public static byte[] bytes(int size) {
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
        StringBuilder event = new StringBuilder(200);
        event.append("id: ").append(id).append("\ndata: {\"kind\":\"").append(pick(KINDS, random));
        event.append("\",\"user\":\"");
        String user = Integer.toHexString(random.nextInt());
        event.append("0".repeat(8 - user.length())).append(user);
        event.append("\",\"city\":\"").append(pick(CITIES, random));
        event.append("\",\"amount\":").append(random.nextInt(500)).append('.');
        int cents = random.nextInt(100);
        event.append(cents < 10 ? "0" : "").append(cents);
        return event.append(",\"note\":\"").append(note).append("\"}\n\n").toString();
    }

    private static String pick(String[] from, Random random) {
        return from[random.nextInt(from.length)];
    }
}

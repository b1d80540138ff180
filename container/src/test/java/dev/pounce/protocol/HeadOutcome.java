package dev.pounce.protocol;

import java.util.ArrayList;
import java.util.List;

/** All that can become of bytes that should be a head, comparable. */
record HeadOutcome(int end, List<String> parts) {

    /** More bytes are needed. */
    boolean isIncomplete() {
        return end < 0;
    }

    /** The bytes were refused as no head; framing and path may still be refused in a head. */
    boolean isRefused() {
        return end == Integer.MAX_VALUE;
    }

    /** Parses; whatever is thrown other than a {@link ProtocolException} passes on. */
    static HeadOutcome of(RequestParser parser, byte[] bytes, int from, int to) {
        RequestHead head = new RequestHead();
        int end;
        try {
            end = parser.parse(bytes, from, to, head);
        } catch (ProtocolException e) {
            return new HeadOutcome(Integer.MAX_VALUE, List.of(refusal(e)));
        }
        return end < 0 ? new HeadOutcome(-1, List.of()) : new HeadOutcome(end - from, dump(head));
    }

    static String refusal(ProtocolException e) {
        return e.status() + " " + e.code() + " " + e.getMessage();
    }

    private static List<String> dump(RequestHead head) {
        List<String> parts = parts(head);
        if (!parts.equals(parts(head.copy()))) {
            throw new AssertionError("a copied head differs");
        }
        return parts;
    }

    private static List<String> parts(RequestHead head) {
        List<String> parts = new ArrayList<>();
        parts.add(head.method());
        parts.add(head.target());
        parts.add(head.version());
        parts.add(head.rawPath());
        parts.add(String.valueOf(head.rawQuery()));
        parts.add(head.isPlainPath() + " " + head.isAsteriskForm() + " " + head.pathHash());
        for (int i = 0; i < head.fieldCount(); i++) {
            parts.add(head.fieldName(i) + ": " + head.fieldValue(i));
        }
        for (KnownField field : KnownField.values()) {
            parts.add(head.count(field) + " " + head.value(field) + " " + head.lists(field, "x"));
        }
        try {
            parts.add("framing " + RequestFraming.decide(head, false));
        } catch (ProtocolException e) {
            parts.add(refusal(e));
        }
        try {
            parts.add("path " + RequestTarget.normalize(head.rawPath()));
        } catch (ProtocolException e) {
            parts.add(refusal(e));
        }
        return parts;
    }
}

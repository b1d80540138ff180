package dev.pounce.files;

import java.util.ArrayList;
import java.util.List;

/**
 * An entity tag (RFC 9110 section 8.8.3).
 *
 * @param weak whether representations that have it may differ in their bytes
 * @param opaque the tag without its quotes
 */
record EntityTag(boolean weak, String opaque) {

    /** The same representation, byte for byte. */
    boolean matchesStrongly(EntityTag other) {
        return !weak && !other.weak && opaque.equals(other.opaque);
    }

    /** As good as the same representation. */
    boolean matchesWeakly(EntityTag other) {
        return opaque.equals(other.opaque);
    }

    /**
     * The tags of a list, which may be spread over several field lines. What is no tag is left out,
     * so it matches nothing.
     */
    static List<EntityTag> list(List<String> lines) {
        String text = String.join(",", lines);
        List<EntityTag> tags = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            boolean weak = text.startsWith("W/", at);
            int quote = weak ? at + 2 : at;
            int end =
                    quote < text.length() && text.charAt(quote) == '"' ? end(text, quote + 1) : -1;
            if (end >= 0 && isMemberEnd(text, end + 1)) {
                tags.add(new EntityTag(weak, text.substring(quote + 1, end)));
                at = end + 1;
            }
            int comma = text.indexOf(',', at);
            at = comma < 0 ? text.length() : skipSpace(text, comma + 1);
        }
        return tags;
    }

    /** Where the closing quote is, or -1: a tag has no white space, no quote and no controls. */
    private static int end(String text, int from) {
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"') {
                return i;
            }
            if (c <= ' ' || c == 0x7f) {
                return -1;
            }
        }
        return -1;
    }

    private static boolean isMemberEnd(String text, int from) {
        int at = skipSpace(text, from);
        return at == text.length() || text.charAt(at) == ',';
    }

    private static int skipSpace(String text, int from) {
        int at = from;
        while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
            at++;
        }
        return at;
    }

    /** As in a field. */
    @Override
    public String toString() {
        return (weak ? "W/\"" : "\"") + opaque + '"';
    }
}

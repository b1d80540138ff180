package dev.pounce.servlet.parts;

import org.jspecify.annotations.Nullable;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a part says of itself. Immutable.
 *
 * @param name the name of the form's field
 * @param fileName the name of the file without a path, or null when the part is no file
 * @param fields its fields by name in lower case, in the order in which they were sent
 */
record PartHead(String name, @Nullable String fileName, Map<String, List<String>> fields) {

    /** Copies. */
    PartHead {
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    /**
     * The last component of a file's name as a client sent it (RFC 7578 section 4.2): some clients
     * send paths, and some send them to write where they should not. Control characters are left
     * out. Empty when no name is left.
     */
    static String safeFileName(String sent) {
        StringBuilder name = new StringBuilder();
        for (int i = 0; i < sent.length(); i++) {
            char c = sent.charAt(i);
            if (c == '/' || c == '\\') {
                name.setLength(0);
            } else if (!Character.isISOControl(c)) {
                name.append(c);
            }
        }
        String last = name.toString().strip();
        return last.equals(".") || last.equals("..") ? "" : last;
    }
}

package dev.pounce.exchange;

import java.util.List;

/** A Content-Length that an application set as a field. */
final class DeclaredLength {
    private DeclaredLength() {}

    /**
     * The length in bytes.
     *
     * @param lines the values of all Content-Length lines, at least one
     * @throws IllegalStateException when they disagree or are no length (RFC 9110 section 8.6)
     */
    static long of(List<String> lines) {
        String value = lines.get(0).strip();
        for (String line : lines) {
            if (!line.strip().equals(value)) {
                throw new IllegalStateException(
                        "the response has two Content-Length fields that disagree; set it once");
            }
        }
        boolean digits = !value.isEmpty() && value.chars().allMatch(c -> c >= '0' && c <= '9');
        try {
            if (digits) {
                return Long.parseLong(value);
            }
        } catch (NumberFormatException tooLong) {
            // said below
        }
        throw new IllegalStateException(
                "the response's Content-Length is no number of bytes: " + value);
    }
}

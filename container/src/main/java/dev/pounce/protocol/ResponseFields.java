package dev.pounce.protocol;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The fields of a response in the order in which they are sent. Names and values are checked when
 * they are set, so that nothing an application passes on can split a response. Not thread-safe.
 */
public final class ResponseFields {
    private String[] pairs = new String[16];
    private int size;
    private int changes;

    /** How many field lines there are. */
    public int size() {
        return size;
    }

    /**
     * A number that is another one after each change; by it, what was read once need not be again.
     */
    public int changes() {
        return changes;
    }

    /** The name of a line. */
    public String name(int index) {
        return pairs[index * 2];
    }

    /** The value of a line. */
    public String value(int index) {
        return pairs[index * 2 + 1];
    }

    /**
     * Adds a line.
     *
     * @throws IllegalArgumentException when the name is no token or the value has CR, LF, NUL,
     *     another control character or a character above U+00FF
     */
    public void add(String name, String value) {
        check(name, value);
        addChecked(name, value);
    }

    /** Adds a line whose name and value were checked by {@link #check} before. */
    public void addChecked(String name, String value) {
        changes++;
        if (size * 2 == pairs.length) {
            pairs = Arrays.copyOf(pairs, pairs.length * 2);
        }
        pairs[size * 2] = name;
        pairs[size * 2 + 1] = value;
        size++;
    }

    /** Replaces all lines of that name by one; throws as {@link #add} does. */
    public void set(String name, String value) {
        check(name, value);
        int index = indexOf(name);
        if (index < 0) {
            addChecked(name, value);
            return;
        }
        pairs[index * 2 + 1] = value;
        changes++;
        removeFrom(name, index + 1);
    }

    /** Removes all lines of that name. */
    public void remove(String name) {
        removeFrom(name, 0);
    }

    private void removeFrom(String name, int from) {
        changes++;
        int kept = from;
        for (int i = from; i < size; i++) {
            if (!name(i).equalsIgnoreCase(name)) {
                pairs[kept * 2] = pairs[i * 2];
                pairs[kept * 2 + 1] = pairs[i * 2 + 1];
                kept++;
            }
        }
        Arrays.fill(pairs, kept * 2, size * 2, null);
        size = kept;
    }

    /** Removes all lines. */
    public void clear() {
        changes++;
        Arrays.fill(pairs, 0, size * 2, null);
        size = 0;
    }

    /** Whether there is a line of that name. */
    public boolean contains(String name) {
        return indexOf(name) >= 0;
    }

    /** The value of the first line of that name, or null. */
    public @Nullable String get(String name) {
        int index = indexOf(name);
        return index < 0 ? null : value(index);
    }

    /** The values of all lines of that name, in order. */
    public List<String> all(String name) {
        List<String> values = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            if (name(i).equalsIgnoreCase(name)) {
                values.add(value(i));
            }
        }
        return values;
    }

    /** The names of all fields in order, each once. */
    public List<String> names() {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            if (indexOf(name(i)) == i) {
                names.add(name(i));
            }
        }
        return names;
    }

    private int indexOf(String name) {
        for (int i = 0; i < size; i++) {
            String other = name(i);
            if (other.length() == name.length() && other.equalsIgnoreCase(name)) {
                return i;
            }
        }
        return -1;
    }

    /**
     * Checks a field line (RFC 9110 sections 5.1 and 5.5).
     *
     * @throws IllegalArgumentException when it must not be sent
     */
    public static void check(String name, String value) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c > 0x7f || !Characters.isToken((byte) c)) {
                throw new IllegalArgumentException(
                        "a field name must be a token (RFC 9110 section 5.1): character "
                                + i
                                + " is U+"
                                + String.format("%04X", (int) c));
            }
        }
        if (name.isEmpty()) {
            throw new IllegalArgumentException("a field name must not be empty");
        }
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c > 0xff || !Characters.isFieldValue((byte) c)) {
                throw new IllegalArgumentException(
                        "the value of field "
                                + name
                                + " must not have the character U+"
                                + String.format("%04X", (int) c)
                                + " at index "
                                + i
                                + " (RFC 9110 section 5.5)");
            }
        }
    }
}

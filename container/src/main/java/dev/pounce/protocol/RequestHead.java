package dev.pounce.protocol;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The head of a request: request line and fields, as slices of one byte array.
 *
 * <p>A head that a worker parsed in place refers to the worker's receive bytes and is valid only
 * until the worker reads again; {@link #copy} makes one that owns its bytes. Not thread-safe while
 * it is being parsed, immutable afterwards.
 */
public final class RequestHead {
    private static final int OFFSETS = 4;

    byte[] bytes;
    int start;
    int end;

    /** Where the request line ends, or what has come of it. */
    int lineEnd;

    String method = "";
    int targetStart;
    int targetEnd;

    /** Where the authority of an absolute target begins, or -1; it ends where the path begins. */
    int authorityStart;

    boolean https;
    int pathStart;
    int pathEnd;
    int queryStart;
    boolean plainPath;
    int minorVersion;
    private int[] offsets;
    private int fieldCount;
    private final int[] known = new int[KnownField.count()];
    private final int[] knownCount = new int[KnownField.count()];

    /** Made once: a method reference for each line would be garbage on the hottest path. */
    final FieldLine.Target fieldTarget = this::addField;

    /** A head for a parser to fill. */
    public RequestHead() {
        bytes = new byte[0];
        offsets = new int[32 * OFFSETS];
    }

    private RequestHead(RequestHead other) {
        bytes = other.bytes;
        start = other.start;
        end = other.end;
        lineEnd = other.lineEnd;
        method = other.method;
        targetStart = other.targetStart;
        targetEnd = other.targetEnd;
        authorityStart = other.authorityStart;
        https = other.https;
        pathStart = other.pathStart;
        pathEnd = other.pathEnd;
        queryStart = other.queryStart;
        plainPath = other.plainPath;
        minorVersion = other.minorVersion;
        fieldCount = other.fieldCount;
        offsets = other.offsets;
        System.arraycopy(other.known, 0, known, 0, known.length);
        System.arraycopy(other.knownCount, 0, knownCount, 0, knownCount.length);
        own();
    }

    /** A head with the same content that owns its bytes. */
    public RequestHead copy() {
        return new RequestHead(this);
    }

    /**
     * From now on this head owns its bytes, and stays valid when they are overwritten where they
     * were received. Nobody else may use it meanwhile.
     */
    public void own() {
        int shift = -start;
        bytes = Arrays.copyOfRange(bytes, start, end);
        start = 0;
        end = bytes.length;
        lineEnd += shift;
        targetStart += shift;
        targetEnd += shift;
        authorityStart = authorityStart < 0 ? -1 : authorityStart + shift;
        pathStart += shift;
        pathEnd += shift;
        queryStart = queryStart < 0 ? -1 : queryStart + shift;
        offsets = Arrays.copyOf(offsets, fieldCount * OFFSETS);
        for (int i = 0; i < offsets.length; i++) {
            offsets[i] += shift;
        }
    }

    void begin(byte[] source, int from) {
        bytes = source;
        start = from;
        end = from;
        lineEnd = from;
        method = "";
        targetStart = from;
        targetEnd = from;
        authorityStart = -1;
        https = false;
        pathStart = from;
        pathEnd = from;
        queryStart = -1;
        plainPath = false;
        minorVersion = 1;
        fieldCount = 0;
        Arrays.fill(known, -1);
        Arrays.fill(knownCount, 0);
    }

    private void addField(int nameStart, int nameEnd, int valueStart, int valueEnd) {
        int at = fieldCount * OFFSETS;
        if (at == offsets.length) {
            offsets = Arrays.copyOf(offsets, at * 2);
        }
        offsets[at] = nameStart;
        offsets[at + 1] = nameEnd;
        offsets[at + 2] = valueStart;
        offsets[at + 3] = valueEnd;
        KnownField field = KnownField.of(bytes, nameStart, nameEnd);
        if (field != null) {
            if (knownCount[field.ordinal()]++ == 0) {
                known[field.ordinal()] = fieldCount;
            }
        }
        fieldCount++;
    }

    /** The method as it was sent: a token (RFC 9110 section 9.1). */
    public String method() {
        return method;
    }

    /** Whether the method is one that RFC 9110 section 9 or RFC 5789 defines. */
    public boolean isStandardMethod() {
        return isStandardMethod(method);
    }

    /** Whether a method is one of the IANA registry's that a server may meet. */
    public static boolean isStandardMethod(String method) {
        return RequestLineParser.isStandard(method);
    }

    /** The request target as it was sent (RFC 9112 section 3.2). */
    public String target() {
        return Ascii.text(bytes, targetStart, targetEnd);
    }

    /**
     * The path of the target as it was sent, still percent-encoded; {@code *} for the asterisk
     * form.
     */
    public String rawPath() {
        return Ascii.text(bytes, pathStart, pathEnd);
    }

    /**
     * The query of the target as it was sent, without the question mark, or null when there is
     * none.
     */
    public @Nullable String rawQuery() {
        return queryStart < 0 ? null : Ascii.text(bytes, queryStart, targetEnd);
    }

    /** {@code HTTP/1.1} or {@code HTTP/1.0}. */
    public String version() {
        return minorVersion == 0 ? "HTTP/1.0" : "HTTP/1.1";
    }

    /** Whether the client speaks HTTP/1.1 or later, hence chunked coding and 1xx responses. */
    public boolean isHttp11() {
        return minorVersion > 0;
    }

    /**
     * Whether the path needs neither decoding nor normalising, so that its bytes can be compared as
     * they are.
     */
    public boolean isPlainPath() {
        return plainPath;
    }

    /**
     * Whether the target is {@code *}: a request about the server itself (RFC 9112 section 3.2.4).
     */
    public boolean isAsteriskForm() {
        return pathEnd - pathStart == 1 && bytes[pathStart] == '*';
    }

    /** A hash of the path's bytes as {@link #hash(byte[], int, int)} makes it. */
    public int pathHash() {
        return hash(bytes, pathStart, pathEnd);
    }

    /** Whether the path's bytes are these. */
    public boolean pathEquals(byte[] path) {
        return Arrays.equals(bytes, pathStart, pathEnd, path, 0, path.length);
    }

    /** The hash of a range of bytes that {@link #pathHash} uses. */
    public static int hash(byte[] bytes, int from, int to) {
        int hash = 1;
        for (int i = from; i < to; i++) {
            hash = 31 * hash + bytes[i];
        }
        return hash;
    }

    /**
     * Where in {@link #bytes} the host begins that the request is for (RFC 9110 section 7.2): that
     * of the Host field, or of the absolute target of a client that knows no such field; -1 when
     * there is none. It is well-formed, and may be empty.
     */
    public int hostStart() {
        return count(KnownField.HOST) > 0 ? valueStart(KnownField.HOST) : authorityStart;
    }

    /** Where the host ends, without the port; there must be one. */
    public int hostEnd() {
        int i = hostStart();
        int end = count(KnownField.HOST) > 0 ? valueEnd(KnownField.HOST) : pathStart;
        int from = i;
        while (i < end && (bytes[i] != ':' || bytes[from] == '[')) {
            if (bytes[i++] == ']') {
                return i;
            }
        }
        return i;
    }

    /** How many field lines the head has. */
    public int fieldCount() {
        return fieldCount;
    }

    /** The name of a field line as it was sent. */
    public String fieldName(int index) {
        int at = index * OFFSETS;
        return Ascii.text(bytes, offsets[at], offsets[at + 1]);
    }

    /** The value of a field line without surrounding white space. */
    public String fieldValue(int index) {
        int at = index * OFFSETS;
        return Ascii.text(bytes, offsets[at + 2], offsets[at + 3]);
    }

    /** The value of the first field line of that name, compared without regard to case, or null. */
    public @Nullable String field(String name) {
        int index = indexOf(name, 0);
        return index < 0 ? null : fieldValue(index);
    }

    /** The values of all field lines of that name in order; empty when there is none. */
    public List<String> fields(String name) {
        int first = indexOf(name, 0);
        if (first < 0) {
            return List.of();
        }
        List<String> values = new ArrayList<>(2);
        for (int i = first; i >= 0; i = indexOf(name, i + 1)) {
            values.add(fieldValue(i));
        }
        return values;
    }

    /** The names of all fields in order, each once, in the case of its first line. */
    public List<String> fieldNames() {
        List<String> names = new ArrayList<>(fieldCount);
        for (int i = 0; i < fieldCount; i++) {
            String name = fieldName(i);
            if (indexOf(name, 0) == i) {
                names.add(name);
            }
        }
        return names;
    }

    /** The index of the first field line of that name, compared without regard to case, or -1. */
    public int indexOf(String name) {
        return indexOf(name, 0);
    }

    private int indexOf(String name, int from) {
        for (int i = from; i < fieldCount; i++) {
            int at = i * OFFSETS;
            if (Ascii.equalsIgnoreCase(bytes, offsets[at], offsets[at + 1], name)) {
                return i;
            }
        }
        return -1;
    }

    /** How many lines of that field there are. */
    public int count(KnownField field) {
        return knownCount[field.ordinal()];
    }

    /** The value of the first line of that field, or null. */
    public @Nullable String value(KnownField field) {
        int index = known[field.ordinal()];
        return index < 0 ? null : fieldValue(index);
    }

    /** Whether a line of that field lists the token, letters without regard to case. */
    public boolean lists(KnownField field, String token) {
        for (int i = known[field.ordinal()], left = count(field); left > 0 && i < fieldCount; i++) {
            int at = i * OFFSETS;
            if (KnownField.of(bytes, offsets[at], offsets[at + 1]) == field) {
                left--;
                if (Ascii.listContains(bytes, offsets[at + 2], offsets[at + 3], token)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Where the value of the first line of that field begins in {@link #bytes}; it must exist. */
    public int valueStart(KnownField field) {
        return offsets[known[field.ordinal()] * OFFSETS + 2];
    }

    /** Where the value of the first line of that field ends in {@link #bytes}; it must exist. */
    public int valueEnd(KnownField field) {
        return offsets[known[field.ordinal()] * OFFSETS + 3];
    }

    /** Where the value of a field line begins in {@link #bytes}. */
    public int valueStart(int index) {
        return offsets[index * OFFSETS + 2];
    }

    /** Where the value of a field line ends in {@link #bytes}. */
    public int valueEnd(int index) {
        return offsets[index * OFFSETS + 3];
    }

    /** Where the request line begins in {@link #bytes}. */
    public int lineStart() {
        return start;
    }

    /**
     * Where the request line ends in {@link #bytes}; in a head that could not be parsed, what had
     * come when that was found, which may be more than a line.
     */
    public int lineEnd() {
        return lineEnd;
    }

    /** Where the target begins in {@link #bytes}. */
    public int targetStart() {
        return targetStart;
    }

    /** Where the target ends in {@link #bytes}: where it begins when none could be read. */
    public int targetEnd() {
        return targetEnd;
    }

    /** The bytes that the slices refer to; not to be changed. */
    public byte[] bytes() {
        return bytes;
    }
}

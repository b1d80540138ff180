package dev.pounce.files;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What a Range field asks for (RFC 9110 section 14.2).
 *
 * @param list the parts of the representation to send, in the order in which they were asked for;
 *     empty where none can be sent or the request is abusive: 416
 */
record ByteRanges(List<ByteRange> list) {
    private static final String UNIT = "bytes=";

    /** Bytes that the head of a part costs: a smaller gap is cheaper to send. */
    private static final int PART_COST = 80;

    /** More overlaps than that are the work of nobody who means well (section 14.2). */
    private static final int MAX_OVERLAPS = 1;

    /**
     * Reads the field.
     *
     * @param size bytes of the representation
     * @param max ranges that may be asked for
     * @return null where the field is to be ignored: another unit, or broken syntax
     */
    static @Nullable ByteRanges of(List<String> lines, long size, int max) {
        if (lines.size() != 1 || !lines.get(0).regionMatches(true, 0, UNIT, 0, UNIT.length())) {
            return null;
        }
        List<ByteRange> wanted = new ArrayList<>();
        int specs = 0;
        for (String member : lines.get(0).substring(UNIT.length()).split(",")) {
            String spec = member.strip();
            if (spec.isEmpty()) {
                continue;
            }
            if (++specs > max) {
                return new ByteRanges(List.of());
            }
            Spec read = Spec.of(spec);
            if (read == null) {
                return null;
            }
            if (read.isSuffix() && read.last > 0 && size == 0) {
                return null;
            }
            if (read.isSatisfiable(size)) {
                wanted.add(read.of(size));
            }
        }
        return specs == 0 ? null : new ByteRanges(coalesced(wanted));
    }

    /** A range as it is written: a suffix has no first position. */
    private record Spec(long first, long last) {

        static @Nullable Spec of(String text) {
            int dash = text.indexOf('-');
            if (dash < 0) {
                return null;
            }
            String first = text.substring(0, dash);
            String last = text.substring(dash + 1);
            if (!isNumber(first) || !isNumber(last) || text.length() == 1) {
                return null;
            }
            Spec spec = new Spec(number(first, -1), number(last, Long.MAX_VALUE));
            return spec.isSuffix() || spec.first <= spec.last ? spec : null;
        }

        private static boolean isNumber(String digits) {
            return digits.chars().allMatch(c -> c >= '0' && c <= '9');
        }

        /** What is too large for a number is beyond the end of every file. */
        private static long number(String digits, long ifEmpty) {
            if (digits.isEmpty()) {
                return ifEmpty;
            }
            try {
                return Long.parseLong(digits);
            } catch (NumberFormatException e) {
                return Long.MAX_VALUE;
            }
        }

        boolean isSuffix() {
            return first < 0;
        }

        boolean isSatisfiable(long size) {
            return isSuffix() ? last > 0 : first < size;
        }

        ByteRange of(long size) {
            return isSuffix()
                    ? new ByteRange(Math.max(0, size - last), size - 1)
                    : new ByteRange(first, Math.min(last, size - 1));
        }
    }

    /** A range that has grown, and the place at which its first part was asked for. */
    private record Placed(int place, ByteRange range) {

        Placed with(Placed other) {
            return new Placed(
                    Math.min(place, other.place),
                    new ByteRange(range.first(), Math.max(range.last(), other.range.last())));
        }
    }

    /** Joins what overlaps or nearly touches (section 15.3.7.2); nothing where it is abusive. */
    private static List<ByteRange> coalesced(List<ByteRange> wanted) {
        List<Placed> sorted = new ArrayList<>();
        for (int i = 0; i < wanted.size(); i++) {
            sorted.add(new Placed(i, wanted.get(i)));
        }
        sorted.sort(Comparator.comparingLong(each -> each.range.first()));
        List<Placed> joined = new ArrayList<>();
        int overlaps = 0;
        for (Placed each : sorted) {
            Placed before = joined.isEmpty() ? null : joined.getLast();
            if (before != null && each.range.first() <= before.range.last()) {
                overlaps++;
            }
            if (before != null && each.range.first() - before.range.last() <= PART_COST) {
                joined.set(joined.size() - 1, before.with(each));
            } else {
                joined.add(each);
            }
        }
        if (overlaps > MAX_OVERLAPS) {
            return List.of();
        }
        joined.sort(Comparator.comparingInt(Placed::place));
        return joined.stream().map(Placed::range).toList();
    }
}

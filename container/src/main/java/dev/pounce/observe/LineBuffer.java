package dev.pounce.observe;

import java.util.Arrays;

/** Bytes of lines that are being made. Used by one thread. */
final class LineBuffer {
    private byte[] bytes = new byte[64 << 10];
    private int length;

    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }

    /** Drops what is before an index. */
    void removeBefore(int index) {
        System.arraycopy(bytes, index, bytes, 0, length - index);
        length -= index;
    }

    /** Makes sure that more bytes can be put behind the end by hand. */
    void room(int count) {
        if (length + count > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + count));
        }
    }

    /** Says how far bytes were put by hand. */
    void end(int index) {
        length = index;
    }

    LineBuffer put(int b) {
        room(1);
        bytes[length++] = (byte) b;
        return this;
    }

    /** Appends text of ASCII. */
    LineBuffer ascii(String text) {
        room(text.length());
        for (int i = 0; i < text.length(); i++) {
            bytes[length++] = (byte) text.charAt(i);
        }
        return this;
    }

    /** Appends a number in decimal. */
    LineBuffer number(long value) {
        if (value < 0) {
            return ascii(Long.toString(value));
        }
        int digits = 1;
        for (long rest = value; rest >= 10; rest /= 10) {
            digits++;
        }
        room(digits);
        long rest = value;
        for (int i = length + digits - 1; i >= length; i--) {
            bytes[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        length += digits;
        return this;
    }

    /** Appends a number with a fixed count of decimals, which its last digits are. */
    LineBuffer decimal(long value, int decimals) {
        long unit = 1;
        for (int i = 0; i < decimals; i++) {
            unit *= 10;
        }
        number(value / unit).put('.');
        long fraction = value % unit;
        for (long place = unit / 10; place > 0; place /= 10) {
            put((int) ('0' + fraction / place % 10));
        }
        return this;
    }

    /** Appends the lowest digits of a number in hexadecimal. */
    LineBuffer hex(int value, int digits) {
        for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4) {
            put(Character.forDigit(value >>> shift & 0xf, 16));
        }
        return this;
    }
}

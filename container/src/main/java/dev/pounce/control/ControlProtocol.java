package dev.pounce.control;

import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What goes over the control socket, one exchange to a connection. The request is a line: {@code
 * pounce-control 1} and the words of a command, percent-encoded, with a space before each. The
 * answer is a line, {@code pounce-control 1} and an exit status, and then text in UTF-8 to the
 * connection's end.
 */
final class ControlProtocol {
    static final String NAME = "pounce-control";
    static final int VERSION = 1;

    /** Bytes of a line, without its end. */
    static final int MAX_LINE = 64 << 10;

    /** Bytes of an answer's text. */
    static final int MAX_TEXT = 16 << 20;

    private ControlProtocol() {}

    static String request(List<String> words) {
        return line(
                words.stream()
                        .map(word -> URLEncoder.encode(word, StandardCharsets.UTF_8))
                        .collect(Collectors.joining(" ")));
    }

    static String answer(int status) {
        return line(Integer.toString(status));
    }

    private static String line(String rest) {
        return NAME + " " + VERSION + " " + rest + "\n";
    }

    /** The words of a request's line. */
    static List<String> words(String line) throws IOException {
        try {
            return Arrays.stream(rest(line).split(" ", -1))
                    .map(word -> URLDecoder.decode(word, StandardCharsets.UTF_8))
                    .toList();
        } catch (IllegalArgumentException e) {
            throw new IOException("a word is not percent-encoded", e);
        }
    }

    static int status(String line) throws IOException {
        try {
            return Integer.parseInt(rest(line));
        } catch (NumberFormatException e) {
            throw new IOException("no exit status: " + line, e);
        }
    }

    private static String rest(String line) throws IOException {
        String[] parts = line.split(" ", 3);
        if (parts.length != 3 || !parts[0].equals(NAME)) {
            throw new IOException("not a line of " + NAME);
        }
        if (!parts[1].equals(Integer.toString(VERSION))) {
            throw new IOException(
                    "version "
                            + parts[1]
                            + " is spoken at the other end and "
                            + VERSION
                            + " here: the server and bin/pounce have to be of the same Pounce");
        }
        return parts[2];
    }

    /** Reads one line, byte by byte: what follows stays in the stream. */
    static String readLine(InputStream in) throws IOException {
        byte[] bytes = new byte[256];
        int length = 0;
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new IOException("the connection ended within a line");
            }
            if (length == MAX_LINE) {
                throw new IOException("a line is longer than " + MAX_LINE + " bytes");
            }
            if (length == bytes.length) {
                bytes = Arrays.copyOf(bytes, length * 2);
            }
            bytes[length++] = (byte) b;
        }
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }
}

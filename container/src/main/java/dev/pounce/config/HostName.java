package dev.pounce.config;

import java.net.IDN;
import java.net.InetAddress;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Names of virtual hosts as they are compared: in lower case, internationalised ones as their
 * A-labels (RFC 5890), without the dot that may end them, addresses of IPv6 in brackets.
 */
final class HostName {
    private static final String WILDCARD = "*.";
    private static final int MAX_LENGTH = 253;
    private static final Pattern NAME =
            Pattern.compile(
                    "[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?(\\.[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?)*");

    /** What IDNA 2003, which Java has, makes another name of than IDNA 2008. */
    private static final Pattern DEVIATION = Pattern.compile("[\u00df\u03c2\u200c\u200d\u1e9e]");

    private HostName() {}

    /**
     * Reads a name; {@code *.} in front stands for any label.
     *
     * @throws IllegalArgumentException when it is none; the message says what is wrong with it
     */
    static String of(String written) {
        String text = written.strip();
        if (text.startsWith("[")) {
            return literal(text);
        }
        boolean isWildcard = text.startsWith(WILDCARD);
        String name = isWildcard ? text.substring(WILDCARD.length()) : text;
        if (name.indexOf('*') >= 0) {
            throw new IllegalArgumentException(
                    "the star stands for one label, in front: *.example.com");
        }
        if (name.indexOf(':') >= 0) {
            throw new IllegalArgumentException(
                    "a name has no port, and an address of IPv6 is in brackets");
        }
        String whole = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
        String ascii = ascii(whole).toLowerCase(Locale.ROOT);
        if (ascii.length() > MAX_LENGTH || !NAME.matcher(ascii).matches()) {
            throw new IllegalArgumentException("it is no name of a host");
        }
        return isWildcard ? WILDCARD + ascii : ascii;
    }

    private static String ascii(String name) {
        if (name.chars().allMatch(c -> c < 0x80)) {
            return name;
        }
        if (DEVIATION.matcher(name).find()) {
            throw new IllegalArgumentException(
                    "it has a letter of which standards disagree; write its A-label: xn--...");
        }
        try {
            return IDN.toASCII(name);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("it has no A-label: " + e.getMessage(), e);
        }
    }

    private static String literal(String text) {
        try {
            if (text.endsWith("]") && text.indexOf('%') < 0) {
                String address = text.substring(1, text.length() - 1);
                return "[" + InetAddress.ofLiteral(address).getHostAddress() + "]";
            }
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("it is no address of IPv6", e);
        }
        throw new IllegalArgumentException("it is no address of IPv6 and nothing else");
    }
}

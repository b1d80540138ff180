package dev.pounce.config;

import java.util.regex.Pattern;

/** Keeps secrets of applications and their users out of what people are shown. */
public final class Redaction {

    /** What stands in a secret's place. */
    public static final String MARK = "(redacted)";

    private static final Pattern SECRET_NAME =
            Pattern.compile(
                    "(?i)passw|passwd|passphrase|pwd|secret|token|credential|authorization|cookie"
                            + "|session|api[-_.]?key|private[-_.]?key|access[-_.]?key|signature"
                            + "|\\botp\\b|\\bpin\\b|csrf|xsrf|pounce-debug");

    private static final Pattern ASSIGNMENT = Pattern.compile("([^\\s=&;?]+)=([^\\s&;]*)");

    private Redaction() {}

    /** Whether what has this name is probably a secret: a field, a parameter, a property. */
    public static boolean isSecret(String name) {
        return SECRET_NAME.matcher(name).find();
    }

    /** A value, or the mark where its name says that it is a secret. */
    public static String value(String name, String value) {
        return isSecret(name) ? MARK : value;
    }

    /** Text with the values replaced in all that looks like {@code name=value}. */
    public static String assignments(String text) {
        return ASSIGNMENT
                .matcher(text)
                .replaceAll(
                        found ->
                                java.util.regex.Matcher.quoteReplacement(
                                        found.group(1)
                                                + "="
                                                + value(found.group(1), found.group(2))));
    }
}

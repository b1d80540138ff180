package dev.pounce.servlet.http;

/**
 * What a client may send as parameters.
 *
 * @param maxBytes bytes of a form
 * @param maxParameters name-value pairs of query and form together
 */
public record FormLimits(int maxBytes, int maxParameters) {
    /** 2 MiB and 1,000 parameters. */
    public static final FormLimits DEFAULT = new FormLimits(2 << 20, 1000);
}

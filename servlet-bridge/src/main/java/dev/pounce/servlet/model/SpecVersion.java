package dev.pounce.servlet.model;

/**
 * A version of the Servlet specification.
 *
 * @param major its first part
 * @param minor its second part
 */
public record SpecVersion(int major, int minor) {
    /** The version that this container implements. */
    public static final SpecVersion CURRENT = new SpecVersion(6, 1);
}

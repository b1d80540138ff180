package dev.pounce.servlet.parts;

/**
 * What a client may send as parts, whatever the servlet allows.
 *
 * @param maxParts parts of a request
 * @param maxHeadBytes bytes of the fields of one part
 * @param maxFieldBytes bytes of all parts together that are parameters
 */
public record PartBounds(int maxParts, int maxHeadBytes, int maxFieldBytes) {
    /** 1,000 parts, 4 KiB of fields for each, 2 MiB of parameters. */
    public static final PartBounds DEFAULT = new PartBounds(1000, 4096, 2 << 20);
}

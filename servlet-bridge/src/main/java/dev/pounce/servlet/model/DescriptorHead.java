package dev.pounce.servlet.model;

import org.jspecify.annotations.Nullable;

/**
 * What a descriptor says of itself and of the order of fragments.
 *
 * @param source where it was read, for messages
 * @param version the version that it is written for, or null where it does not say
 * @param fragmentName its name among fragments, or null
 * @param displayName a name for people, or null
 * @param metadataComplete whether annotations, and of a web.xml also fragments, are left out
 * @param distributable whether the application may run on several servers at once
 * @param absoluteOrder the order of all fragments, or null
 * @param relativeOrder where the fragment itself wants to stand
 */
public record DescriptorHead(
        String source,
        @Nullable SpecVersion version,
        @Nullable String fragmentName,
        @Nullable String displayName,
        boolean metadataComplete,
        boolean distributable,
        @Nullable AbsoluteOrder absoluteOrder,
        RelativeOrder relativeOrder) {

    /** Whether the fragment says where it wants to stand. */
    public boolean wantsPlace() {
        return !relativeOrder.equals(RelativeOrder.ANY);
    }

    /** Of a descriptor that is not there, or of one that says nothing. */
    public static DescriptorHead of(String source) {
        return new DescriptorHead(source, null, null, null, false, false, null, RelativeOrder.ANY);
    }
}

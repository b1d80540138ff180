package dev.pounce.encoding;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * Which media types are worth encoding. A pattern is {@code type/subtype}; either part may be
 * {@code *}, and the subtype may be {@code *+suffix}, a structured syntax suffix (RFC 6839): {@code
 * text/*}, {@code application/json}, {@code *}{@code /*+json}. Immutable; matching allocates
 * nothing.
 */
public final class CompressibleTypes {

    private record Pattern(@Nullable String type, @Nullable String subtype, String suffix) {

        boolean matches(String value, int slash, int end) {
            return (type == null || equals(value, 0, slash, type))
                    && matchesSubtype(value, slash, end);
        }

        private boolean matchesSubtype(String value, int slash, int end) {
            if (subtype != null) {
                return equals(value, slash + 1, end, subtype);
            }
            int suffixAt = end - suffix.length();
            return suffix.isEmpty() || suffixAt > slash + 1 && equals(value, suffixAt, end, suffix);
        }

        private static boolean equals(String value, int from, int to, String wanted) {
            return to - from == wanted.length()
                    && value.regionMatches(true, from, wanted, 0, wanted.length());
        }
    }

    private final Pattern[] patterns;

    /**
     * @throws IllegalArgumentException naming the first pattern that is none
     */
    public CompressibleTypes(List<String> patterns) {
        this.patterns = patterns.stream().map(CompressibleTypes::parse).toArray(Pattern[]::new);
    }

    /**
     * Whether a body of this Content-Type is worth encoding.
     *
     * @param contentType the field's value; parameters and case are ignored, and what is no media
     *     type matches nothing
     */
    public boolean matches(String contentType) {
        int end = mediaTypeEnd(contentType);
        int slash = contentType.indexOf('/');
        if (slash < 1 || slash + 1 >= end) {
            return false;
        }
        for (Pattern pattern : patterns) {
            if (pattern.matches(contentType, slash, end)) {
                return true;
            }
        }
        return false;
    }

    private static int mediaTypeEnd(String contentType) {
        int end = contentType.indexOf(';');
        if (end < 0) {
            end = contentType.length();
        }
        while (end > 0 && Ascii.isWhitespace(contentType.charAt(end - 1))) {
            end--;
        }
        return end;
    }

    private static Pattern parse(String pattern) {
        int slash = pattern.indexOf('/');
        if (slash > 0) {
            String type = pattern.substring(0, slash);
            String subtype = pattern.substring(slash + 1);
            boolean wild = subtype.equals("*") || subtype.startsWith("*+") && subtype.length() > 2;
            if (isPart(type) && (wild || isName(subtype))) {
                return new Pattern(
                        type.equals("*") ? null : type,
                        wild ? null : subtype,
                        wild ? subtype.substring(1) : "");
            }
        }
        throw new IllegalArgumentException(
                "\""
                        + pattern
                        + "\" is no media type pattern: write type/subtype, where either may be *"
                        + " and the subtype may be *+suffix, such as text/* or */*+json");
    }

    private static boolean isPart(String text) {
        return text.equals("*") || isName(text);
    }

    private static boolean isName(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> c != '*' && Ascii.isTokenChar(c));
    }
}

package dev.pounce.route;

import java.util.ArrayList;
import java.util.List;

/**
 * Which paths of a context a route answers: the patterns of the Servlet specification, section
 * 12.2, and the templates of fused handlers, which rank as prefixes.
 */
public sealed interface PathPattern {

    /** The pattern as it is written. */
    String text();

    /** Exactly this path. */
    record Exact(String path) implements PathPattern {

        @Override
        public String text() {
            return path;
        }
    }

    /** The path itself and all below it; written {@code path/*}. */
    record Prefix(String path) implements PathPattern {

        @Override
        public String text() {
            return path + "/*";
        }

        /** Whether a path is it or below it. */
        public boolean matches(String candidate) {
            return candidate.startsWith(path)
                    && (candidate.length() == path.length()
                            || candidate.charAt(path.length()) == '/');
        }
    }

    /** Literal and variable segments; a variable is one segment that is not empty. */
    record Template(String pattern, List<Segment> segments, String literalPrefix)
            implements PathPattern {

        /** A part between two slashes. */
        public record Segment(String text, boolean variable) {}

        @Override
        public String text() {
            return pattern;
        }

        /** Whether a path has the template's shape. */
        public boolean matches(String candidate) {
            int at = 0;
            for (Segment segment : segments) {
                if (at >= candidate.length() || candidate.charAt(at) != '/') {
                    return false;
                }
                int end = segmentEnd(candidate, at + 1);
                boolean same =
                        segment.variable
                                ? end > at + 1
                                : segment.text.length() == end - at - 1
                                        && candidate.startsWith(segment.text, at + 1);
                if (!same) {
                    return false;
                }
                at = end;
            }
            return at == candidate.length();
        }

        /**
         * The value of a variable in a path that matches.
         *
         * @throws IllegalArgumentException when the template has no such variable
         */
        public String variable(String path, String name) {
            int at = 0;
            for (Segment segment : segments) {
                int end = segmentEnd(path, at + 1);
                if (segment.variable && segment.text.equals(name)) {
                    return path.substring(at + 1, end);
                }
                at = end;
            }
            throw new IllegalArgumentException(
                    "the path template " + pattern + " has no variable " + name);
        }

        private static int segmentEnd(String path, int from) {
            int slash = path.indexOf('/', from);
            return slash < 0 ? path.length() : slash;
        }

        /** The template with its variables' names taken out: what makes two templates the same. */
        public String shape() {
            StringBuilder shape = new StringBuilder();
            for (Segment segment : segments) {
                shape.append('/').append(segment.variable ? "{}" : segment.text);
            }
            return shape.toString();
        }
    }

    /**
     * All paths whose last segment ends with a dot and this extension; written {@code *.extension}.
     */
    record Extension(String extension) implements PathPattern {

        @Override
        public String text() {
            return "*." + extension;
        }
    }

    /** Exactly the context's root; written as an empty text. */
    record ContextRoot() implements PathPattern {

        @Override
        public String text() {
            return "";
        }
    }

    /** Every path that nothing else answers; written {@code /}. */
    record Default() implements PathPattern {

        @Override
        public String text() {
            return "/";
        }
    }

    /**
     * A servlet's url-pattern (Servlet specification, section 12.2).
     *
     * @throws IllegalArgumentException when it is no valid pattern
     */
    static PathPattern ofServlet(String urlPattern) {
        if (urlPattern.isEmpty()) {
            return new ContextRoot();
        }
        if (urlPattern.equals("/")) {
            return new Default();
        }
        if (urlPattern.startsWith("*.") && urlPattern.length() > 2 && urlPattern.indexOf('/') < 0) {
            return new Extension(urlPattern.substring(2));
        }
        if (!urlPattern.startsWith("/")) {
            throw new IllegalArgumentException(
                    "the url-pattern \"" + urlPattern + "\" must begin with / or be *.extension");
        }
        if (urlPattern.endsWith("/*")) {
            return new Prefix(urlPattern.substring(0, urlPattern.length() - 2));
        }
        return new Exact(urlPattern);
    }

    /**
     * The path of a fused handler: a literal or a template.
     *
     * @throws IllegalArgumentException when it does not begin with a slash, or a variable is not a
     *     whole segment, has no name, or is there twice
     */
    static PathPattern ofFused(String path) {
        if (!path.startsWith("/")) {
            throw new IllegalArgumentException("the path \"" + path + "\" must begin with /");
        }
        if (path.indexOf('{') < 0 && path.indexOf('}') < 0) {
            return new Exact(path);
        }
        List<Template.Segment> segments = new ArrayList<>();
        for (String text : path.substring(1).split("/", -1)) {
            segments.add(segment(path, text));
        }
        long names =
                segments.stream()
                        .filter(Template.Segment::variable)
                        .map(Template.Segment::text)
                        .distinct()
                        .count();
        if (names < segments.stream().filter(Template.Segment::variable).count()) {
            throw new IllegalArgumentException("the path \"" + path + "\" has a variable twice");
        }
        return new Template(path, List.copyOf(segments), path.substring(0, path.indexOf('{')));
    }

    private static Template.Segment segment(String path, String text) {
        boolean variable = text.startsWith("{") && text.endsWith("}") && text.length() > 2;
        String inner = variable ? text.substring(1, text.length() - 1) : text;
        if (inner.indexOf('{') >= 0 || inner.indexOf('}') >= 0 || text.equals("{}")) {
            throw new IllegalArgumentException(
                    "in the path \""
                            + path
                            + "\" the segment \""
                            + text
                            + "\" must be a literal or one {variable}");
        }
        return new Template.Segment(inner, variable);
    }
}

package dev.pounce.servlet.http;

import dev.pounce.route.PathPattern;

import jakarta.servlet.http.HttpServletMapping;
import jakarta.servlet.http.MappingMatch;

import org.jspecify.annotations.Nullable;

/**
 * How a request's path is divided, and which mapping divided it (Servlet specification, sections
 * 3.5 and 12.2).
 *
 * @param contextPath empty, or begins with a slash and does not end with one
 * @param servletPath the part that the pattern matched
 * @param pathInfo what follows it, or null when nothing does
 * @param mapping the mapping
 */
public record RequestPaths(
        String contextPath,
        String servletPath,
        @Nullable String pathInfo,
        HttpServletMapping mapping) {

    /** The whole path, relative to the context path. */
    public String inContext() {
        return pathInfo == null ? servletPath : servletPath + pathInfo;
    }

    private record Mapping(
            String matchValue, String pattern, String servletName, MappingMatch mappingMatch)
            implements HttpServletMapping {
        @Override
        public String getMatchValue() {
            return matchValue;
        }

        @Override
        public String getPattern() {
            return pattern;
        }

        @Override
        public String getServletName() {
            return servletName;
        }

        @Override
        public MappingMatch getMappingMatch() {
            return mappingMatch;
        }
    }

    /**
     * Divides a path.
     *
     * @param path decoded, normalised and relative to the context path
     * @param pattern a pattern that the path matches
     */
    public static RequestPaths of(
            String contextPath, String path, PathPattern pattern, String servletName) {
        if (pattern instanceof PathPattern.Prefix prefix) {
            return prefixed(contextPath, path, prefix, servletName);
        }
        if (pattern instanceof PathPattern.ContextRoot) {
            Mapping root = new Mapping("", "", servletName, MappingMatch.CONTEXT_ROOT);
            return new RequestPaths(contextPath, "", "/", root);
        }
        return new RequestPaths(contextPath, path, null, mapping(path, pattern, servletName));
    }

    /** Of a path that is the servlet's as a whole. */
    private static Mapping mapping(String path, PathPattern pattern, String servletName) {
        // no switch: the JVM's archives of classes cannot have the code that one of patterns makes
        if (pattern instanceof PathPattern.Extension files) {
            String match = withoutExtension(path, files.extension());
            return new Mapping(match, files.text(), servletName, MappingMatch.EXTENSION);
        }
        if (pattern instanceof PathPattern.Default) {
            return new Mapping("", "/", servletName, MappingMatch.DEFAULT);
        }
        return new Mapping(withoutSlash(path), pattern.text(), servletName, MappingMatch.EXACT);
    }

    private static RequestPaths prefixed(
            String contextPath, String path, PathPattern.Prefix prefix, String servletName) {
        String rest = path.substring(prefix.path().length());
        return new RequestPaths(
                contextPath,
                prefix.path(),
                rest.isEmpty() ? null : rest,
                new Mapping(
                        withoutSlash(rest), prefix.path() + "/*", servletName, MappingMatch.PATH));
    }

    private static String withoutSlash(String path) {
        return path.startsWith("/") ? path.substring(1) : path;
    }

    private static String withoutExtension(String path, String extension) {
        return withoutSlash(path.substring(0, path.length() - extension.length() - 1));
    }
}

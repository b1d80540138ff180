package dev.pounce.servlet.session;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Ids of sessions in URLs, as a path parameter (Servlet specification, section 7.1.3). */
final class SessionUrls {
    private static final String PARAMETER = ";jsessionid=";
    private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:.*");

    private final String origin;
    private final String requestPath;
    private final String contextPath;

    /**
     * @param origin scheme and authority of the request; the port only when it is not the scheme's
     * @param requestPath the path of the request as it was sent
     * @param contextPath the application's, empty for the root
     */
    SessionUrls(String origin, String requestPath, String contextPath) {
        this.origin = origin;
        this.requestPath = requestPath;
        this.contextPath = contextPath;
    }

    /** All ids in a path as it was sent. */
    static List<String> idsIn(String path) {
        int at = path.indexOf(PARAMETER);
        if (at < 0) {
            return List.of();
        }
        List<String> ids = new ArrayList<>();
        while (at >= 0) {
            int start = at + PARAMETER.length();
            int end = endOfParameter(path, start);
            if (end > start) {
                ids.add(path.substring(start, end));
            }
            at = path.indexOf(PARAMETER, end);
        }
        return ids;
    }

    private static int endOfParameter(String path, int from) {
        return firstOf(path, ";/", from);
    }

    private static int firstOf(String text, String characters, int from) {
        for (int i = from; i < text.length(); i++) {
            if (characters.indexOf(text.charAt(i)) >= 0) {
                return i;
            }
        }
        return text.length();
    }

    private static String withoutIds(String path) {
        String rest = path;
        int at = rest.indexOf(PARAMETER);
        while (at >= 0) {
            int end = endOfParameter(rest, at + PARAMETER.length());
            rest = rest.substring(0, at) + rest.substring(end);
            at = rest.indexOf(PARAMETER);
        }
        return rest;
    }

    /**
     * Puts an id at the end of the path of a URL that leads into this application. Any other URL is
     * returned as it is, and so is one that has an id, or characters that clients repair: where
     * that would lead is not known here, and the id must not go to another server.
     */
    String withId(String url, String id) {
        int pathEnd = firstOf(url, "?#", 0);
        String path = url.substring(0, pathEnd);
        String rest = url.substring(pathEnd);
        if (rest.startsWith("#") && path.isEmpty() || isRepaired(url)) {
            return url;
        }
        if (path.isEmpty()) {
            path = withoutIds(requestPath);
        }
        String absolute = absolutePath(path);
        if (path.contains(PARAMETER) || absolute == null || !isInContext(absolute)) {
            return url;
        }
        // An absolute URL may end with its authority, which has no place for a parameter.
        String slash = absolute.isEmpty() ? "/" : "";
        return path + slash + PARAMETER + id + rest;
    }

    /** Browsers drop control characters and spaces, and take a backslash for a slash. */
    private static boolean isRepaired(String url) {
        return url.chars().anyMatch(c -> c <= ' ' || c == '\\' || c == 0x7f);
    }

    /** The path from the root, or null when the URL is of another origin. */
    private @Nullable String absolutePath(String url) {
        if (SCHEME.matcher(url).matches()) {
            return pathAtOrigin(url);
        }
        if (url.startsWith("//")) {
            return pathAtOrigin(origin.substring(0, origin.indexOf(':') + 1) + url);
        }
        if (url.startsWith("/")) {
            return url;
        }
        return requestPath.substring(0, requestPath.lastIndexOf('/') + 1) + url;
    }

    private @Nullable String pathAtOrigin(String url) {
        int authority = url.indexOf("://") + 3;
        if (authority < 3) {
            return null;
        }
        int end = firstOf(url, "/;", authority);
        String its = url.substring(0, end).toLowerCase(Locale.ROOT);
        return withoutDefaultPort(its).equals(origin.toLowerCase(Locale.ROOT))
                ? url.substring(end)
                : null;
    }

    private static String withoutDefaultPort(String origin) {
        String port = origin.startsWith("https:") ? ":443" : ":80";
        return origin.endsWith(port)
                ? origin.substring(0, origin.length() - port.length())
                : origin;
    }

    private boolean isInContext(String absolute) {
        String path = normalized(absolute);
        return contextPath.isEmpty()
                || path.equals(contextPath)
                || path.startsWith(contextPath + "/");
    }

    /** Without dot segments; path parameters are left out. */
    private static String normalized(String path) {
        Deque<String> segments = new ArrayDeque<>();
        for (String segment : path.split("/", -1)) {
            String name = segment.substring(0, firstOf(segment, ";", 0));
            String decoded = name.replace("%2e", ".").replace("%2E", ".");
            if (decoded.equals("..")) {
                segments.pollLast();
            } else if (!decoded.equals(".") && !name.isEmpty()) {
                segments.addLast(name);
            }
        }
        return "/" + String.join("/", segments);
    }
}

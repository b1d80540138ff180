package dev.pounce.files;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Which paths of a webapp nobody sees, and which only the webapp itself. */
public final class ClosedPaths {
    private static final List<String> SOURCES = List.of(".jsp", ".jspx", ".jspf");
    private static final String WELL_KNOWN = ".well-known";

    private ClosedPaths() {}

    /**
     * Whether a path is one that clients never see, whoever would answer it, and dispatches do
     * (Servlet specification, section 10.5).
     *
     * @param path decoded and normalised; begins with a slash and is relative to the context path
     */
    public static boolean areForClients(String path) {
        return isIn("/WEB-INF", path) || isIn("/META-INF", path);
    }

    private static boolean isIn(String folder, String path) {
        int length = folder.length();
        return path.regionMatches(true, 0, folder, 0, length)
                && (path.length() == length || path.charAt(length) == '/');
    }

    /**
     * Whether a file is none that is ever sent: hidden, unless it is in the folder of RFC 8615, or
     * the source of a page.
     *
     * @param relative from the folder that is served
     */
    static boolean areForAll(Path relative) {
        for (int i = 0; i < relative.getNameCount(); i++) {
            String segment = relative.getName(i).toString();
            boolean wellKnown = i == 0 && segment.equals(WELL_KNOWN);
            if (segment.startsWith(".") && !wellKnown) {
                return true;
            }
        }
        String name = relative.toString().toLowerCase(Locale.ROOT);
        return SOURCES.stream().anyMatch(name::endsWith);
    }
}

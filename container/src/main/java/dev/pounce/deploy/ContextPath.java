package dev.pounce.deploy;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** Context paths and the names of files that stand for them. */
final class ContextPath {
    private static final String WAR = ".war";

    private ContextPath() {}

    /** Whether a file name is that of a war file. */
    static boolean isWar(String fileName) {
        return fileName.toLowerCase(Locale.ROOT).endsWith(WAR);
    }

    /**
     * The name of a webapp: that of its folder, or of its war file without the extension.
     *
     * @param isFolder a folder's name has no extension that could be taken off
     */
    static String appName(String fileName, boolean isFolder) {
        return !isFolder && isWar(fileName)
                ? fileName.substring(0, fileName.length() - WAR.length())
                : fileName;
    }

    /** {@code ROOT} is the empty path, {@code foo} is {@code /foo}, {@code a#b} is {@code /a/b}. */
    static String of(String appName) {
        return appName.equals("ROOT") ? "" : "/" + appName.replace('#', '/');
    }

    /**
     * Checks a context path.
     *
     * @throws DeploymentException unless it is empty, or slashes each followed by a segment
     */
    static void check(String contextPath) throws DeploymentException {
        if (contextPath.isEmpty()) {
            return;
        }
        boolean good = contextPath.startsWith("/");
        for (String segment : contextPath.substring(good ? 1 : 0).split("/", -1)) {
            good &= !segment.isEmpty() && !List.of(".", "..").contains(segment);
        }
        if (!good) {
            throw new DeploymentException(
                    "the context path \""
                            + contextPath
                            + "\" must be empty or like /shop or /shop/admin");
        }
    }

    /** A name for the files of a webapp: one for each context path, and never a dot segment. */
    static String fileName(String contextPath) {
        return contextPath.isEmpty()
                ? "ROOT"
                : URLEncoder.encode(contextPath, StandardCharsets.UTF_8).replace("%2F", "@");
    }
}

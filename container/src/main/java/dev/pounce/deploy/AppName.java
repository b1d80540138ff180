package dev.pounce.deploy;

import org.jspecify.annotations.Nullable;

/**
 * Which application it is: where it is mounted, and which of several versions that are there side
 * by side.
 *
 * @param contextPath empty for the root, else it begins with a slash and does not end with one
 * @param version empty where the name has none; versions are ordered as texts, as in Tomcat
 */
public record AppName(String contextPath, String version) {
    private static final String VERSION = "##";

    /** An application without a version. */
    public static AppName of(String contextPath) {
        return new AppName(contextPath, "");
    }

    /**
     * Reads the name of a folder or war file: {@code ROOT} is the empty path, {@code foo} is {@code
     * /foo}, {@code a#b} is {@code /a/b}, and what follows {@code ##} is the version.
     *
     * @param isFolder a folder's name has no extension that could be taken off
     */
    public static AppName ofFile(String fileName, boolean isFolder) {
        String name = ContextPath.appName(fileName, isFolder);
        int mark = name.indexOf(VERSION);
        return mark < 0
                ? new AppName(ContextPath.of(name), "")
                : new AppName(
                        ContextPath.of(name.substring(0, mark)),
                        name.substring(mark + VERSION.length()));
    }

    /** The name of a folder for it: the inverse of {@link #ofFile}. */
    public String fileName() {
        String name = contextPath.isEmpty() ? "ROOT" : contextPath.substring(1).replace('/', '#');
        return version.isEmpty() ? name : name + VERSION + version;
    }

    /** Written out: what records have by themselves is made by bootstrap code at each start. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof AppName name
                && contextPath.equals(name.contextPath)
                && version.equals(name.version);
    }

    @Override
    public int hashCode() {
        return 31 * contextPath.hashCode() + version.hashCode();
    }

    /** For messages: the context path with a slash at its end, and the version. */
    @Override
    public String toString() {
        return contextPath + "/" + (version.isEmpty() ? "" : VERSION + version);
    }
}

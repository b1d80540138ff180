package dev.pounce.servlet.context;

import dev.pounce.api.Drain;

import jakarta.servlet.ServletContext;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * What an application is told of its surroundings.
 *
 * @param contextPath empty, or begins with a slash and does not end with one
 * @param virtualServerName what its virtual host is called
 * @param loader has its classes
 * @param workFolder for its temporary files
 * @param drain tells it when the server is going to stop
 * @param others the application that answers a path of the server, or null
 * @param mayLeave whether it may see others and dispatch to them, asked each time
 * @param serverInfo name and version of the server
 * @param effectiveMajor the version of the specification that its descriptor is written for
 * @param effectiveMinor the version's second part
 */
public record ContextSettings(
        String contextPath,
        String virtualServerName,
        ClassLoader loader,
        Path workFolder,
        Drain drain,
        Function<String, @Nullable ServletContext> others,
        BooleanSupplier mayLeave,
        String serverInfo,
        int effectiveMajor,
        int effectiveMinor) {

    /**
     * The application that answers a path, as far as this one may know.
     *
     * @param path of the server
     * @param self this application
     */
    @Nullable ServletContext visible(@Nullable String path, ServletContext self) {
        if (path == null || !path.startsWith("/")) {
            return null;
        }
        ServletContext other = others.apply(path);
        if (other != null
                && !other.equals(self)
                && other.getContextPath().length() > matched(path, contextPath)) {
            return mayLeave.getAsBoolean() ? other : null;
        }
        return matched(path, contextPath) >= 0 ? self : null;
    }

    /** How many characters of a path are a context path, or -1 when it does not begin with it. */
    private static int matched(String path, String contextPath) {
        return (path + "/").startsWith(contextPath + "/") ? contextPath.length() : -1;
    }
}

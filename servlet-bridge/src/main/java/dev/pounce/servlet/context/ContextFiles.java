package dev.pounce.servlet.context;

import dev.pounce.files.MediaTypes;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The files of an application and their media types as its code asks for them (Servlet
 * specification, section 4.6). Thread-safe once the application runs.
 */
final class ContextFiles {
    private final Resources resources;
    private final Map<String, String> mimeTypes = new HashMap<>();

    ContextFiles(Resources resources) {
        this.resources = resources;
    }

    Resources resources() {
        return resources;
    }

    /** Adds media types by extension; those that are there stay. */
    void addMimeTypes(Map<String, String> byExtension) {
        byExtension.forEach(
                (extension, type) ->
                        mimeTypes.putIfAbsent(extension.toLowerCase(Locale.ROOT), type));
    }

    @Nullable String mimeType(@Nullable String file) {
        if (file == null) {
            return null;
        }
        String extension = file.substring(file.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        String own = mimeTypes.get(extension);
        return own != null ? own : withoutParameters(MediaTypes.find(file));
    }

    /** Whoever asks for a type puts a charset of its own behind it. */
    private static @Nullable String withoutParameters(@Nullable String type) {
        int semicolon = type == null ? -1 : type.indexOf(';');
        return type == null || semicolon < 0 ? type : type.substring(0, semicolon);
    }

    @Nullable Set<String> paths(@Nullable String folder) {
        return folder != null && folder.startsWith("/") ? resources.list(folder) : null;
    }

    @Nullable URL url(@Nullable String path) throws MalformedURLException {
        if (path == null || !path.startsWith("/")) {
            throw new MalformedURLException("a resource's path must begin with /: " + path);
        }
        Path found = resources.find(path);
        return found == null ? null : found.toUri().toURL();
    }

    @Nullable InputStream stream(@Nullable String path) {
        Path found = path != null && path.startsWith("/") ? resources.find(path) : null;
        try {
            return found == null || Files.isDirectory(found) ? null : Files.newInputStream(found);
        } catch (IOException e) {
            return null;
        }
    }

    @Nullable String realPath(@Nullable String path) {
        Path place = path == null ? null : resources.place(path);
        return place == null ? null : place.toString();
    }
}

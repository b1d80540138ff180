package dev.pounce.files;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.jspecify.annotations.Nullable;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The media types of files, by the extension of their name: those of the resource {@code
 * media-types.txt}. Any thread may ask.
 */
public final class MediaTypes {

    private static final String UNKNOWN = "application/octet-stream";
    private static final String RESOURCE = "media-types.txt";

    private MediaTypes() {}

    /** Read when the first file is asked for, not at the start of the server. */
    private static final class Table {
        static final Map<String, String> BY_EXTENSION = read();
    }

    /** The media type of a file name; {@code application/octet-stream} when it is not known. */
    public static String of(String fileName) {
        String found = find(fileName);
        return found == null ? UNKNOWN : found;
    }

    /** The media type of a file name, or null when it is not known. */
    public static @Nullable String find(String fileName) {
        String extension = fileName.substring(fileName.lastIndexOf('.') + 1);
        return Table.BY_EXTENSION.get(extension.toLowerCase(Locale.ROOT));
    }

    private static Map<String, String> read() {
        Map<String, String> types = new HashMap<>();
        try (InputStream resource = MediaTypes.class.getResourceAsStream(RESOURCE)) {
            if (resource == null) {
                throw new IllegalStateException(RESOURCE + " is missing in the server's jar");
            }
            BufferedReader lines = new BufferedReader(new InputStreamReader(resource, UTF_8));
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.isEmpty() && line.charAt(0) != '#') {
                    add(line, types);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Map.copyOf(types);
    }

    private static void add(String line, Map<String, String> types) {
        String[] words = line.split(" +");
        String type = words[0].replace(";", "; ");
        for (int i = 1; i < words.length; i++) {
            String before = types.put(words[i], type);
            if (before != null) {
                throw new IllegalStateException(
                        RESOURCE + " has two types for ." + words[i] + ": " + before + ", " + type);
            }
        }
    }
}

package dev.pounce.files;

import org.jspecify.annotations.Nullable;

import java.util.Locale;
import java.util.Map;

/** The media types of files, by the extension of their name. */
public final class MediaTypes {
    private static final String UNKNOWN = "application/octet-stream";
    private static final String UTF_8 = "; charset=utf-8";

    private static final Map<String, String> BY_EXTENSION =
            Map.ofEntries(
                    Map.entry("html", "text/html" + UTF_8),
                    Map.entry("htm", "text/html" + UTF_8),
                    Map.entry("xhtml", "application/xhtml+xml"),
                    Map.entry("css", "text/css" + UTF_8),
                    Map.entry("js", "text/javascript" + UTF_8),
                    Map.entry("mjs", "text/javascript" + UTF_8),
                    Map.entry("json", "application/json"),
                    Map.entry("map", "application/json"),
                    Map.entry("webmanifest", "application/manifest+json"),
                    Map.entry("xml", "application/xml"),
                    Map.entry("xsd", "application/xml"),
                    Map.entry("xsl", "application/xml"),
                    Map.entry("txt", "text/plain" + UTF_8),
                    Map.entry("md", "text/markdown" + UTF_8),
                    Map.entry("csv", "text/csv" + UTF_8),
                    Map.entry("ics", "text/calendar" + UTF_8),
                    Map.entry("svg", "image/svg+xml"),
                    Map.entry("png", "image/png"),
                    Map.entry("jpg", "image/jpeg"),
                    Map.entry("jpeg", "image/jpeg"),
                    Map.entry("gif", "image/gif"),
                    Map.entry("webp", "image/webp"),
                    Map.entry("avif", "image/avif"),
                    Map.entry("bmp", "image/bmp"),
                    Map.entry("ico", "image/x-icon"),
                    Map.entry("woff", "font/woff"),
                    Map.entry("woff2", "font/woff2"),
                    Map.entry("ttf", "font/ttf"),
                    Map.entry("otf", "font/otf"),
                    Map.entry("mp3", "audio/mpeg"),
                    Map.entry("ogg", "audio/ogg"),
                    Map.entry("wav", "audio/wav"),
                    Map.entry("mp4", "video/mp4"),
                    Map.entry("webm", "video/webm"),
                    Map.entry("pdf", "application/pdf"),
                    Map.entry("wasm", "application/wasm"),
                    Map.entry("zip", "application/zip"),
                    Map.entry("gz", "application/gzip"),
                    Map.entry("jar", "application/java-archive"));

    private MediaTypes() {}

    /** The media type of a file name; {@code application/octet-stream} when it is not known. */
    public static String of(String fileName) {
        String found = find(fileName);
        return found == null ? UNKNOWN : found;
    }

    /** The media type of a file name, or null when it is not known. */
    public static @Nullable String find(String fileName) {
        String extension = fileName.substring(fileName.lastIndexOf('.') + 1);
        return BY_EXTENSION.get(extension.toLowerCase(Locale.ROOT));
    }
}

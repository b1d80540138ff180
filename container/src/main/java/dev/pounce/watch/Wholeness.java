package dev.pounce.watch;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipFile;

/**
 * Whether a folder or war file can be whole: archives have their central directory, which is
 * written last, classes begin as classes do, and descriptors end with a tag.
 */
final class Wholeness {
    private static final byte[] CLASS = {(byte) 0xca, (byte) 0xfe, (byte) 0xba, (byte) 0xbe};

    private Wholeness() {}

    /** What shows that it is not, in words; null when nothing does. */
    static @Nullable String problem(Path app) {
        try {
            if (!Files.isDirectory(app)) {
                return archive(app, "it");
            }
            return folder(app.resolve("WEB-INF"));
        } catch (IOException e) {
            return "it cannot be read: " + e;
        }
    }

    private static @Nullable String folder(Path webInf) throws IOException {
        Path descriptor = webInf.resolve("web.xml");
        if (Files.isRegularFile(descriptor) && !endsWithTag(descriptor)) {
            return "WEB-INF/web.xml has no end";
        }
        for (Path file : files(webInf.resolve("lib"), 1, ".jar")) {
            String problem = archive(file, "WEB-INF/lib/" + file.getFileName());
            if (problem != null) {
                return problem;
            }
        }
        for (Path file : files(webInf.resolve("classes"), Integer.MAX_VALUE, ".class")) {
            if (!isClass(file)) {
                return "WEB-INF/" + webInf.relativize(file) + " is no class file";
            }
        }
        return null;
    }

    private static List<Path> files(Path folder, int depth, String end) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(folder, depth, FileVisitOption.FOLLOW_LINKS)) {
            return all.filter(file -> file.toString().endsWith(end))
                    .filter(Files::isRegularFile)
                    .toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static @Nullable String archive(Path file, String name) {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            return zip.size() == 0 ? name + " is an empty zip file" : null;
        } catch (IOException e) {
            return name + " is no complete zip file (" + e.getMessage() + ")";
        }
    }

    private static boolean isClass(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return Arrays.equals(in.readNBytes(CLASS.length), CLASS);
        }
    }

    private static boolean endsWithTag(Path file) throws IOException {
        byte[] content = Files.readAllBytes(file);
        int last = content.length - 1;
        while (last >= 0 && content[last] <= ' ') {
            last--;
        }
        return last >= 0 && content[last] == '>';
    }
}

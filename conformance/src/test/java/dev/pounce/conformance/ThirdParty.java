package dev.pounce.conformance;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Archives that the build took from Maven Central. */
final class ThirdParty {
    private static final Path FOLDER = Path.of(System.getProperty("pounce.third-party"));

    private ThirdParty() {}

    /** A file by its name in the build. */
    static Path file(String name) {
        Path file = FOLDER.resolve(name);
        if (!Files.isRegularFile(file)) {
            throw new IllegalStateException(
                    file + " is missing: run `mvn generate-test-resources` in conformance");
        }
        return file;
    }

    /** Unpacks one folder of a zip file that holds everything in one top folder. */
    static void unpackFolder(Path zip, String folder, Path target) throws IOException {
        try (FileSystem files = FileSystems.newFileSystem(zip);
                Stream<Path> all = Files.walk(top(files).resolve(folder))) {
            Path from = top(files).resolve(folder);
            for (Path each : all.toList()) {
                Path to = target.resolve(from.relativize(each).toString());
                if (Files.isDirectory(each)) {
                    Files.createDirectories(to);
                } else {
                    Files.copy(each, to);
                }
            }
        }
    }

    /** Unpacks single files of such a zip file into one folder. */
    static void unpackFiles(Path zip, List<String> names, Path target) throws IOException {
        Files.createDirectories(target);
        try (FileSystem files = FileSystems.newFileSystem(zip)) {
            for (String name : names) {
                Path from = top(files).resolve(name);
                Files.copy(from, target.resolve(from.getFileName().toString()));
            }
        }
    }

    private static Path top(FileSystem zip) throws IOException {
        try (Stream<Path> entries = Files.list(zip.getPath("/"))) {
            return entries.findFirst().orElseThrow();
        }
    }
}

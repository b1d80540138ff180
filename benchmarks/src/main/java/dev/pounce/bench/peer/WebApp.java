package dev.pounce.bench.peer;

import dev.pounce.bench.app.Work;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * The folder of the web application: descriptor, classes and files, the same for all containers.
 */
final class WebApp {

    private static final String PACKAGE = "dev/pounce/bench/app";

    private WebApp() {}

    /**
     * Puts the folder together. What is there already and right is left alone, for servers that run
     * use it.
     */
    static Path folder(ModuleFiles files) throws IOException {
        Path folder = files.output().resolve("webapp");
        copyAll(files.webAppSource(), folder);
        copyAll(
                files.classes().resolve(PACKAGE),
                folder.resolve("WEB-INF/classes").resolve(PACKAGE));
        for (Work file : List.of(Work.FILE_100K, Work.FILE_1M)) {
            write(folder.resolve(file.target().substring(1)), file.content());
        }
        return folder;
    }

    /** A folder with the application {@code app1} and its copies up to this number. */
    static Path copies(ModuleFiles files, int count) throws IOException {
        Path original = folder(files);
        Path all = files.output().resolve("webapps-" + count);
        for (int i = 1; i <= count; i++) {
            copyAll(original, all.resolve("app" + i));
        }
        return all;
    }

    private static void copyAll(Path from, Path to) throws IOException {
        List<Path> sources;
        try (Stream<Path> walk = Files.walk(from)) {
            sources = walk.filter(Files::isRegularFile).toList();
        }
        for (Path source : sources) {
            write(to.resolve(from.relativize(source)), Files.readAllBytes(source));
        }
    }

    private static void write(Path file, byte[] content) throws IOException {
        if (!Files.exists(file) || !Arrays.equals(Files.readAllBytes(file), content)) {
            Files.createDirectories(file.getParent());
            Files.write(file, content);
        }
    }
}

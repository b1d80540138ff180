package dev.pounce.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Makes webapps: compiles sources into WEB-INF/classes and packs folders. */
public final class TestWebApp {
    private final Path root;

    /** A webapp in a folder, which is made. */
    public TestWebApp(Path root) throws IOException {
        this.root = Files.createDirectories(root);
    }

    /** The folder. */
    public Path root() {
        return root;
    }

    /** Writes a file. */
    public TestWebApp file(String name, String content) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
        return this;
    }

    /** Compiles classes of the package {@code app}. */
    public TestWebApp compile(String... sources) throws IOException {
        Path folder = Files.createDirectories(root.resolve("WEB-INF/src"));
        List<Path> files = new ArrayList<>();
        for (String source : sources) {
            String text = "package app; import dev.pounce.api.*;\n" + source;
            String name = text.replaceAll("(?s).*?(?:class|interface) (\\w+).*", "$1") + ".java";
            files.add(Files.writeString(folder.resolve(name), text));
        }
        String errors = Javac.compile(files, root.resolve("WEB-INF/classes"));
        if (!errors.isEmpty()) {
            throw new IllegalStateException(errors);
        }
        return this;
    }

    /** Copies classes of the tests, with those inside of them. */
    public TestWebApp classes(Class<?>... types) throws IOException {
        for (Class<?> type : types) {
            String name = type.getName().substring(type.getPackageName().length() + 1);
            Path from = Path.of(type.getProtectionDomain().getCodeSource().getLocation().getPath());
            Path folder = Path.of(type.getPackageName().replace('.', '/'));
            Path to = Files.createDirectories(root.resolve("WEB-INF/classes").resolve(folder));
            try (Stream<Path> files = Files.list(from.resolve(folder))) {
                for (Path file : files.toList()) {
                    String found = file.getFileName().toString();
                    if (found.equals(name + ".class") || found.startsWith(name + "$")) {
                        Files.copy(file, to.resolve(found), StandardCopyOption.REPLACE_EXISTING);
                    }
                }
            }
        }
        return this;
    }

    /** Packs the folder. */
    public Path pack(Path war) throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(war));
                Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                zip.putNextEntry(new ZipEntry(root.relativize(file).toString()));
                Files.copy(file, zip);
            }
        }
        return war;
    }
}

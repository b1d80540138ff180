package dev.pounce.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import javax.tools.ToolProvider;

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
        Path classes = Files.createDirectories(root.resolve("WEB-INF/classes"));
        List<String> arguments = new ArrayList<>(List.of("-proc:none", "-d", classes.toString()));
        arguments.addAll(List.of("-cp", System.getProperty("java.class.path")));
        for (int i = 0; i < sources.length; i++) {
            String text = "package app; import dev.pounce.api.*;\n" + sources[i];
            String name = text.replaceAll("(?s).*?(?:class|interface) (\\w+).*", "$1") + ".java";
            Path file = folder.resolve(name);
            Files.writeString(file, text);
            arguments.add(file.toString());
        }
        ByteArrayOutputStream errors = new ByteArrayOutputStream();
        int result =
                ToolProvider.getSystemJavaCompiler()
                        .run(null, errors, errors, arguments.toArray(String[]::new));
        if (result != 0) {
            throw new IllegalStateException(errors.toString(StandardCharsets.UTF_8));
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

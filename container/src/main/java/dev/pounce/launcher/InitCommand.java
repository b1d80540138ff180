package dev.pounce.launcher;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** {@code pounce init}: a project to begin with. */
@Command(
        name = "init",
        description = {
            "Make a webapp project for Maven: a fused handler, a servlet, a page and a test.",
            "It brings this Pounce along in a folder of its own, for no public repository has it."
        })
final class InitCommand implements Callable<Integer> {
    private static final String PARENT = "META-INF/maven/dev.pounce/pounce/pom.xml";
    private static final Pattern POM =
            Pattern.compile("META-INF/maven/dev\\.pounce/([^/]+)/pom\\.xml");
    private static final Pattern PLACEHOLDER = Pattern.compile("@([a-z0-9.-]+)@");
    private static final Pattern PROPERTY =
            Pattern.compile("<([a-z0-9-]+\\.version)>([^<]+)</\\1>");

    @Parameters(
            paramLabel = "DIR",
            description = "The project's folder; it must not exist, or be empty.")
    private Path folder = Path.of("");

    @Option(
            names = "--package",
            paramLabel = "NAME",
            description = "The package of its classes (default: the folder's name).")
    private @Nullable String packageName;

    private final PrintStream out;
    private final PrintStream err;

    InitCommand(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    @Override
    public Integer call() {
        try {
            return init(folder.toAbsolutePath().normalize());
        } catch (IOException | UncheckedIOException e) {
            err.println("pounce: " + e.getMessage());
            return ExitCode.FAILED;
        }
    }

    private int init(Path project) throws IOException {
        String artifact = artifact(project);
        String classes = packageName == null ? artifact.replaceAll("[^a-z0-9]", "") : packageName;
        if (!classes.matches("[a-z_][a-z0-9_]*(\\.[a-z_][a-z0-9_]*)*")) {
            err.println(
                    "pounce: \""
                            + classes
                            + "\" is no name of a package; --package takes one such as"
                            + " com.example.shop");
            return ExitCode.WRONG_USAGE;
        }
        if (Files.exists(project) && !isEmpty(project)) {
            err.println("pounce: " + project + " is not empty");
            return ExitCode.FAILED;
        }
        Map<String, String> values = values(artifact, classes);
        copyPounce(project.resolve("repository/dev/pounce"));
        String folder = classes.replace('.', '/');
        write(project, "pom.xml", "pom.xml", values);
        write(project, "README.md", "README.md", values);
        write(project, "gitignore", ".gitignore", values);
        write(project, "Hello.java", "src/main/java/" + folder + "/Hello.java", values);
        write(project, "Ticks.java", "src/main/java/" + folder + "/Ticks.java", values);
        write(project, "index.html", "src/main/webapp/index.html", values);
        write(project, "WebAppTest.java", "src/test/java/" + folder + "/WebAppTest.java", values);
        out.println("made " + project + "; its README.md says what to do with it");
        return ExitCode.OK;
    }

    private static String artifact(Path project) {
        Path name = project.getFileName();
        String text = name == null ? "" : name.toString().toLowerCase(Locale.ROOT);
        String artifact = text.replaceAll("[^a-z0-9]+", "-").replaceAll("^[-0-9]+|-+$", "");
        return artifact.isEmpty() ? "webapp" : artifact;
    }

    private static boolean isEmpty(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.findAny().isEmpty();
        }
    }

    /** What the templates leave open; versions are those that Pounce itself is built with. */
    private static Map<String, String> values(String artifact, String classes) throws IOException {
        Map<String, String> values = new LinkedHashMap<>();
        Matcher properties = PROPERTY.matcher(resource("/" + PARENT));
        while (properties.find()) {
            values.put(properties.group(1), properties.group(2));
        }
        values.put("artifact", artifact);
        values.put("package", classes);
        values.put("version", Version.get());
        return values;
    }

    private static void write(
            Path project, String template, String file, Map<String, String> values)
            throws IOException {
        String text =
                PLACEHOLDER
                        .matcher(resource("init/" + template + ".txt"))
                        .replaceAll(
                                found ->
                                        Matcher.quoteReplacement(
                                                values.getOrDefault(
                                                        found.group(1), found.group())));
        Path target = project.resolve(file);
        Files.createDirectories(target.getParent());
        Files.writeString(target, text);
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = InitCommand.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IOException("this Pounce has no " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Lays our own jars of the class path out as a Maven repository. */
    private static void copyPounce(Path repository) throws IOException {
        int copied = 0;
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            Path jar = Path.of(entry);
            if (jar.getFileName().toString().matches("pounce-.*\\.jar")) {
                copyJar(jar, repository);
                copied++;
            }
        }
        if (copied == 0) {
            throw new IOException("init works from the jars of a built Pounce");
        }
        copyPom(repository, "pounce", resource("/" + PARENT).getBytes(StandardCharsets.UTF_8));
    }

    private static void copyJar(Path file, Path repository) throws IOException {
        try (JarFile jar = new JarFile(file.toFile())) {
            for (JarEntry entry : jar.stream().toList()) {
                Matcher pom = POM.matcher(entry.getName());
                if (!pom.matches() || entry.getName().equals(PARENT)) {
                    continue;
                }
                try (InputStream in = jar.getInputStream(entry)) {
                    Path folder = copyPom(repository, pom.group(1), in.readAllBytes());
                    String name = pom.group(1) + "-" + Version.get() + ".jar";
                    Files.copy(file, folder.resolve(name));
                }
            }
        }
    }

    private static Path copyPom(Path repository, String artifact, byte[] pom) throws IOException {
        Path folder = Files.createDirectories(repository.resolve(artifact).resolve(Version.get()));
        Files.write(folder.resolve(artifact + "-" + Version.get() + ".pom"), pom);
        return folder;
    }
}

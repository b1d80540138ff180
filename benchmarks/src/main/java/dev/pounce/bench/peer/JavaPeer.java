package dev.pounce.bench.peer;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A server in Java: a main class in this package, started with the JVM of this process.
 *
 * @param name see {@link Peer#name}
 * @param description see {@link Peer#description}
 * @param abilities see {@link Peer#abilities}
 * @param launch how it is started
 */
record JavaPeer(String name, String description, Abilities abilities, Launch launch)
        implements Peer {

    private static final List<String> SHARED_OPTIONS =
            List.of(
                    "--enable-native-access=ALL-UNNAMED",
                    "--sun-misc-unsafe-memory-access=allow",
                    "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn");

    /** How a server is started; arguments may need that files are made first. */
    @FunctionalInterface
    interface Arguments {
        List<String> make() throws IOException;
    }

    /**
     * How a server is started.
     *
     * @param main the main class
     * @param libraries what the names of the jars on its class path begin with, as alternatives of
     *     a regular expression: no server has those of another one
     * @param options options for its JVM
     * @param arguments arguments for the main class
     */
    record Launch(Class<?> main, String libraries, List<String> options, Arguments arguments) {

        /** The same with more options for the JVM. */
        Launch with(List<String> more) {
            List<String> all = new ArrayList<>(options);
            all.addAll(more);
            return new Launch(main, libraries, all, arguments);
        }
    }

    @Override
    public List<String> command(Purpose purpose) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(purpose.javaOptions());
        command.addAll(SHARED_OPTIONS);
        command.addAll(launch.options());
        command.addAll(List.of("-cp", classPath(launch.libraries()), launch.main().getName()));
        command.addAll(launch.arguments().make());
        return command;
    }

    private static String classPath(String libraries) {
        Pattern jar = Pattern.compile("(slf4j|" + libraries + ").*\\.jar");
        return entries()
                .filter(entry -> !entry.endsWith(".jar") || jar.matcher(fileName(entry)).matches())
                .collect(Collectors.joining(File.pathSeparator));
    }

    /**
     * The version of an artifact by its jar on the class path, or empty when it is not in a jar.
     */
    static String version(String artifact) {
        Pattern jar = Pattern.compile(Pattern.quote(artifact) + "-(\\d[^/\\\\]*)\\.jar");
        return entries()
                .map(entry -> jar.matcher(fileName(entry)))
                .filter(Matcher::matches)
                .map(match -> match.group(1))
                .findFirst()
                .orElse("");
    }

    private static Stream<String> entries() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator));
    }

    private static String fileName(String entry) {
        return Path.of(entry).getFileName().toString();
    }
}

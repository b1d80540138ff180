package dev.pounce.bench.peer;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A server in Java, started with the JVM, the class path and the options that all of them share.
 *
 * @param options JVM options after the shared ones
 * @param arguments of its main
 */
record JavaPeer(
        String name,
        String description,
        Class<?> main,
        List<String> options,
        List<String> arguments)
        implements Peer {

    /** One heap size for all; the garbage collector is the one that the JVM picks. */
    private static final List<String> SHARED_OPTIONS =
            List.of(
                    "-Xms512m",
                    "-Xmx512m",
                    "--enable-native-access=ALL-UNNAMED",
                    "--sun-misc-unsafe-memory-access=allow",
                    "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn");

    JavaPeer(String name, String description, Class<?> main, List<String> options) {
        this(name, description, main, options, List.of());
    }

    @Override
    public List<String> command() {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(SHARED_OPTIONS);
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(arguments);
        return command;
    }

    /**
     * The version of an artifact by its jar on the class path, or empty when it is not in a jar.
     */
    static String version(String artifact) {
        Pattern jar = Pattern.compile(Pattern.quote(artifact) + "-(\\d[^/\\\\]*)\\.jar");
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(entry -> jar.matcher(Path.of(entry).getFileName().toString()))
                .filter(Matcher::matches)
                .map(match -> match.group(1))
                .findFirst()
                .orElse("");
    }
}

package dev.pounce.launcher;

import dev.pounce.config.Key;
import dev.pounce.config.Redaction;
import dev.pounce.config.ServerConfig;
import dev.pounce.encoding.ZstdLibrary;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;

/** {@code pounce info}: what one is asked for when something is wrong. */
@Command(
        name = "info",
        description = "Print versions, paths, codings and changed settings, without secrets.")
final class InfoCommand implements Callable<Integer> {
    @Mixin private final ConfigOptions options = new ConfigOptions();

    private final Environment environment;
    private final PrintStream out;

    InfoCommand(Environment environment, PrintStream out) {
        this.environment = environment;
        this.out = out;
    }

    @Override
    public Integer call() throws InvalidConfiguration {
        Configuration configuration = options.load(environment);
        line("Pounce", Version.get());
        line("Java", property("java.version") + ", " + property("java.vendor"));
        line("JVM", property("java.vm.name") + " " + property("java.vm.version"));
        line("Java home", property("java.home"));
        line("JAVA_OPTS", variable("JAVA_OPTS"));
        line("system", property("os.name") + " " + property("os.version"));
        line(
                "machine",
                property("os.arch")
                        + ", "
                        + Runtime.getRuntime().availableProcessors()
                        + " processors, heap of at most "
                        + (Runtime.getRuntime().maxMemory() >> 20)
                        + " MiB");
        line("zstd", ZstdLibrary.description());
        line("gzip", "the platform's zlib");
        Path base = environment.base().toAbsolutePath().normalize();
        line("home", environment.home().toAbsolutePath().normalize().toString());
        line("base", base.toString());
        Path file = base.resolve("conf/pounce.yaml");
        line("file", file + (Files.exists(file) ? "" : " (there is none)"));
        line("webapps", configuration.server().webapps().toString());
        line("log", base.resolve("logs/pounce.log").toString());
        line("server", server(base));
        settings(configuration);
        out.flush();
        return ExitCode.OK;
    }

    private void settings(Configuration configuration) {
        out.println("settings that were made:");
        Map<String, String> origins = new TreeMap<>(configuration.origins());
        origins.forEach(
                (path, origin) -> {
                    if (!(ServerConfig.schema().find(path).orElse(null) instanceof Key key)) {
                        return; // a virtual host's, and shown with all of them
                    }
                    Object value = ServerConfig.schema().value(configuration.server(), key);
                    String text = key.isSecret() ? Redaction.MARK : key.type().format(value);
                    out.println("  " + path + " = " + text + " (" + origin + ")");
                });
        configuration.warnings().forEach(warning -> out.println("  warning: " + warning));
    }

    private static String server(Path base) {
        try {
            return new ServerProcess(base)
                    .running()
                    .map(file -> "process " + file.process().pid())
                    .orElse("none runs");
        } catch (IOException e) {
            return "unknown, " + e.getMessage();
        }
    }

    private static String property(String name) {
        return System.getProperty(name, "unknown");
    }

    private String variable(String name) {
        return Redaction.assignments(environment.variables().getOrDefault(name, "none"));
    }

    private void line(String name, String value) {
        out.println("%-10s %s".formatted(name, value));
    }
}

package dev.pounce.launcher;

import dev.pounce.config.ConfigException;
import dev.pounce.config.ServerConfig;
import dev.pounce.yaml.SettingCollector;
import dev.pounce.yaml.YamlFile;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Option;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** The flags that configure a server, and how they join with the other sources. */
final class ConfigOptions {

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Configuration file (default: conf/pounce.yaml in POUNCE_BASE).")
    private @Nullable Path config;

    @Option(names = "--webapps", paramLabel = "DIR", description = "Directory of the webapps.")
    private @Nullable String webapps;

    @Option(names = "--host", paramLabel = "HOST", description = "Address to listen on.")
    private @Nullable String host;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            description = "Port to listen on; 0 takes a free one.")
    private @Nullable String port;

    @Option(
            names = "--workers",
            paramLabel = "N",
            description = "Worker threads; 0 is one per processor.")
    private @Nullable String workers;

    @Option(
            names = "--cpu-affinity",
            negatable = true,
            description = "Tie each worker to a processor (Linux).")
    private @Nullable Boolean cpuAffinity;

    @Option(
            names = "--dev",
            description = {
                "For developing: changed classes are there at the next request, and errors are",
                "pages with the source (development.enabled)."
            })
    private boolean dev;

    @Option(
            names = "--set",
            paramLabel = "PATH=VALUE",
            description = "Any setting, such as compression.min_size=1KiB; may be repeated.")
    private List<String> assignments = new ArrayList<>();

    /**
     * Reads flags as the command line does, as long as each is written {@code --name=value} or
     * {@code --name value}: without picocli, which takes longer to load than the server.
     *
     * @return null where there is anything else, of which picocli knows more to say
     */
    static @Nullable ConfigOptions plain(List<String> flags) {
        ConfigOptions options = new ConfigOptions();
        Iterator<String> words = flags.iterator();
        while (words.hasNext()) {
            String word = words.next();
            int equals = word.indexOf('=');
            String name = equals < 0 ? word : word.substring(0, equals);
            if (equals < 0 && options.isSwitch(name)) {
                continue;
            }
            String value = null;
            if (equals >= 0) {
                value = word.substring(equals + 1);
            } else if (words.hasNext()) {
                value = words.next();
            }
            if (value == null || !options.take(name, value)) {
                return null;
            }
        }
        return options;
    }

    private boolean isSwitch(String name) {
        switch (name) {
            case "--dev" -> dev = true;
            case "--cpu-affinity" -> cpuAffinity = true;
            case "--no-cpu-affinity" -> cpuAffinity = false;
            default -> {
                return false;
            }
        }
        return true;
    }

    /** Takes a flag with a value that could be nothing else; what comes twice is picocli's. */
    private boolean take(String name, String value) {
        boolean plain =
                !value.isEmpty()
                        && value.charAt(0) != '-'
                        && value.charAt(0) != '@'
                        && value.indexOf('"') < 0;
        switch (name) {
            case "--config" -> {
                plain &= config == null;
                config = Path.of(value);
            }
            case "--webapps" -> {
                plain &= webapps == null;
                webapps = value;
            }
            case "--host" -> {
                plain &= host == null;
                host = value;
            }
            case "--port" -> {
                plain &= port == null;
                port = value;
            }
            case "--workers" -> {
                plain &= workers == null;
                workers = value;
            }
            case "--set" -> assignments.add(value);
            default -> plain = false;
        }
        return plain;
    }

    /** The flags that were given, such that {@code run} takes them again. */
    List<String> flags() {
        List<String> flags = new ArrayList<>();
        add(flags, "--config", config);
        add(flags, "--webapps", webapps);
        add(flags, "--host", host);
        add(flags, "--port", port);
        add(flags, "--workers", workers);
        if (cpuAffinity != null) {
            flags.add(cpuAffinity ? "--cpu-affinity" : "--no-cpu-affinity");
        }
        if (dev) {
            flags.add("--dev");
        }
        assignments.forEach(assignment -> add(flags, "--set", assignment));
        return flags;
    }

    private static void add(List<String> flags, String name, @Nullable Object value) {
        if (value != null) {
            flags.add(name + "=" + value);
        }
    }

    /**
     * Reads all sources: defaults, then the file, the environment and the flags, the later ones
     * winning.
     *
     * @throws InvalidConfiguration with everything that is wrong in any of them
     */
    Configuration load(Environment environment) throws InvalidConfiguration {
        return Configuration.of(collect(environment), environment.base());
    }

    /** Reads all sources, whatever is wrong with them. */
    SettingCollector collect(Environment environment) {
        SettingCollector settings = new SettingCollector();
        Path base = environment.base();
        Path usual = base.resolve("conf", "pounce.yaml");
        if (config != null || Files.exists(usual)) {
            Path file = Objects.requireNonNullElse(config, usual);
            new YamlFile(ServerConfig.schema(), base, environment.placeholders(), settings)
                    .read(file);
        }
        environment.read(settings);
        readFlags(settings);
        return settings;
    }

    private void readFlags(SettingCollector settings) {
        Set<String> seen = new HashSet<>();
        flag(settings, seen, "--webapps", "webapps", webapps);
        flag(settings, seen, "--host", "host", host);
        flag(settings, seen, "--port", "port", port);
        flag(settings, seen, "--workers", "workers", workers);
        String affinity = cpuAffinity == null ? null : cpuAffinity.toString();
        flag(settings, seen, "--cpu-affinity", "cpu_affinity", affinity);
        flag(settings, seen, "--dev", "development.enabled", dev ? "true" : null);
        for (String assignment : assignments) {
            int equals = assignment.indexOf('=');
            if (equals < 0) {
                settings.problem("--set", assignment + ": write it as path=value");
            } else {
                String path = assignment.substring(0, equals).strip();
                flag(settings, seen, "--set", path, assignment.substring(equals + 1).strip());
            }
        }
    }

    private static void flag(
            SettingCollector settings,
            Set<String> seen,
            String flag,
            String path,
            @Nullable String value) {
        if (value == null) {
            return;
        }
        if (!seen.add(path)) {
            settings.problem(flag, path + ": is set by another flag already");
            return;
        }
        try {
            settings.set(
                    ServerConfig.schema().key(path), flag, Path.of(""), key -> key.parse(value));
        } catch (ConfigException e) {
            settings.problem(flag, e.getMessage());
        }
    }
}

package dev.pounce.launcher;

import dev.pounce.config.ServerConfig;
import dev.pounce.deploy.AppConfigFiles;
import dev.pounce.deploy.AppFile;
import dev.pounce.deploy.DeploymentException;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

/**
 * {@code pounce config show}: checks and prints what a server would be started with, or what an
 * application would have there.
 */
@Command(
        name = "config",
        description = {
            "Print the configuration that `run` would start with, as a commented file.",
            "With the name of an application in the folder of webapps: the settings that it would"
                    + " have."
        })
final class ConfigCommand implements Callable<Integer> {

    @Mixin private final ConfigOptions options = new ConfigOptions();

    @Option(names = "--secrets", description = "Print secrets too.")
    private boolean secrets;

    @Parameters(
            paramLabel = "NAME",
            arity = "0..1",
            description = "An application, by the name of its folder or war file.")
    private @Nullable String name;

    private final Environment environment;
    private final PrintStream out;
    private final PrintStream err;

    ConfigCommand(Environment environment, PrintStream out, PrintStream err) {
        this.environment = environment;
        this.out = out;
        this.err = err;
    }

    /** {@code pounce config schema}. */
    @Command(
            name = "schema",
            description =
                    "Print the JSON Schema of the configuration file, by which editors check it.")
    static final class SchemaCommand implements Callable<Integer> {
        private final PrintStream out;

        SchemaCommand(PrintStream out) {
            this.out = out;
        }

        @Override
        public Integer call() {
            out.print(ConfigSchema.write());
            out.flush();
            return ExitCode.OK;
        }
    }

    @Override
    public Integer call() throws InvalidConfiguration {
        Configuration configuration = options.load(environment);
        configuration.warnings().forEach(warning -> err.println("pounce: warning: " + warning));
        out.print(
                name == null
                        ? ConfigYaml.write(
                                configuration.server(),
                                "The defaults, the configuration file, the environment and the"
                                        + " flags, put together.",
                                secrets)
                        : application(name, configuration.server()));
        out.flush();
        return ExitCode.OK;
    }

    private String application(String wanted, ServerConfig server) throws InvalidConfiguration {
        AppConfigFiles files = environment.appConfigFiles(server);
        List<AppFile> all = new ArrayList<>();
        try {
            for (Path folder : List.of(server.webapps(), server.webappsJavax())) {
                all.addAll(Files.isDirectory(folder) ? AppFile.in(folder) : List.of());
            }
            for (AppFile each : all) {
                if (each.name().fileName().equals(wanted)) {
                    return ConfigYaml.write(
                            files.read(each.path(), each.name()).over(server),
                            "The settings of "
                                    + each.path()
                                    + ": those of the server, of its own WEB-INF/pounce.yaml and of"
                                    + " the operator's file, put together.");
                }
            }
        } catch (IOException e) {
            throw new InvalidConfiguration(List.of("the webapps cannot be read: " + e));
        } catch (DeploymentException e) {
            throw new InvalidConfiguration(String.valueOf(e.getMessage()).lines().toList());
        }
        throw new InvalidConfiguration(
                List.of(
                        "there is no application "
                                + wanted
                                + "; there are "
                                + all.stream()
                                        .map(each -> each.name().fileName())
                                        .collect(Collectors.joining(", "))));
    }
}

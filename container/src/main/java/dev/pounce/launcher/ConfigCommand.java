package dev.pounce.launcher;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.io.PrintStream;
import java.util.concurrent.Callable;

/** {@code pounce config show}: checks and prints what a server would be started with. */
@Command(
        name = "config",
        description = "Print the configuration that `run` would start with, as a commented file.")
final class ConfigCommand implements Callable<Integer> {

    @Mixin private final ConfigOptions options = new ConfigOptions();

    @Option(names = "--secrets", description = "Print secrets too.")
    private boolean secrets;

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
                ConfigYaml.write(
                        configuration.server(),
                        "The defaults, the configuration file, the environment and the flags,"
                                + " put together.",
                        secrets));
        out.flush();
        return ExitCode.OK;
    }
}

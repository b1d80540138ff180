package dev.pounce.launcher;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import java.io.PrintStream;
import java.util.concurrent.Callable;

/** {@code pounce config}: checks and prints what a server would be started with. */
@Command(
        name = "config",
        description = "Print the configuration that `run` would start with, as a commented file.")
final class ConfigCommand implements Callable<Integer> {

    @Mixin private final ConfigOptions options = new ConfigOptions();

    private final Environment environment;
    private final PrintStream out;
    private final PrintStream err;

    ConfigCommand(Environment environment, PrintStream out, PrintStream err) {
        this.environment = environment;
        this.out = out;
        this.err = err;
    }

    @Override
    public Integer call() throws InvalidConfiguration {
        Configuration configuration = options.load(environment);
        configuration.warnings().forEach(warning -> err.println("pounce: warning: " + warning));
        out.print(
                ConfigYaml.write(
                        configuration.server(),
                        "The defaults, the configuration file, the environment and the flags,"
                                + " put together."));
        out.flush();
        return ExitCode.OK;
    }
}

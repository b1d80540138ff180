package dev.pounce.launcher;

import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.util.Map;

/** The command line. */
final class Launcher {

    private final CommandLine commandLine;

    /**
     * @param environment the environment variables
     * @param servers builds the server to run
     * @param out where the line goes that says what is served
     * @param err where everything else goes
     */
    Launcher(
            Map<String, String> environment,
            ServerHandle.Factory servers,
            PrintStream out,
            PrintStream err) {
        Environment variables = new Environment(environment);
        CommandLine config =
                new CommandLine(new ConfigCommand(variables, out, err))
                        .addSubcommand("show", new ConfigCommand(variables, out, err))
                        .addSubcommand("schema", new ConfigCommand.SchemaCommand(out));
        commandLine =
                new CommandLine(new PounceCommand(variables, out, err))
                        .addSubcommand(new RunCommand(variables, servers, out, err))
                        .addSubcommand(new StartCommand(variables, out, err))
                        .addSubcommand(new StopCommand(variables, out, err))
                        .addSubcommand(new RestartCommand(variables, out, err))
                        .addSubcommand(new StatusCommand(variables, out, err))
                        .addSubcommand(new CheckCommand(variables, out, err))
                        .addSubcommand(new InfoCommand(variables, out))
                        .addSubcommand(config)
                        .addSubcommand(new InitCommand(out, err))
                        .addSubcommand(new TrainCommand(variables, servers))
                        .addSubcommand(new PasswordCommand(System.in, System.console(), out, err))
                        .addSubcommand("completion", new AutoComplete.GenerateCompletion())
                        .setOut(new PrintWriter(out, true, out.charset()))
                        .setErr(new PrintWriter(err, true, err.charset()))
                        .setParameterExceptionHandler((e, args) -> wrongUsage(e))
                        .setExecutionExceptionHandler((e, command, result) -> failed(e, err));
    }

    /** Does what the arguments say; returns the exit status. */
    int run(String... args) {
        return commandLine.execute(args);
    }

    private static int wrongUsage(ParameterException e) {
        CommandLine command = e.getCommandLine();
        command.getErr().println("pounce: " + e.getMessage());
        UnmatchedArgumentException.printSuggestions(e, command.getErr());
        String name = command.getCommandSpec().qualifiedName();
        command.getErr().println("Try '" + name + " --help'.");
        return ExitCode.WRONG_USAGE;
    }

    private static int failed(Exception e, PrintStream err) throws Exception {
        if (!(e instanceof InvalidConfiguration invalid)) {
            throw e;
        }
        invalid.problems().forEach(err::println);
        return ExitCode.WRONG_USAGE;
    }
}

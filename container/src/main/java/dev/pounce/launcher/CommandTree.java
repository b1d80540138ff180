package dev.pounce.launcher;

import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

import java.io.PrintStream;
import java.io.PrintWriter;

/** All commands, as picocli reads them. Nothing else on the way to {@code run} names picocli. */
final class CommandTree {

    private CommandTree() {}

    /**
     * The commands.
     *
     * @param servers builds the server to run
     * @param out where the line goes that says what is served
     * @param err where everything else goes
     */
    static CommandLine of(
            Environment environment,
            ServerHandle.Factory servers,
            PrintStream out,
            PrintStream err) {
        CommandLine config =
                new CommandLine(new ConfigCommand(environment, out, err))
                        .addSubcommand("show", new ConfigCommand(environment, out, err))
                        .addSubcommand("schema", new ConfigCommand.SchemaCommand(out));
        return new CommandLine(new PounceCommand(environment, out, err))
                .addSubcommand(new RunCommand(environment, servers, out, err))
                .addSubcommand(new StartCommand(environment, out, err))
                .addSubcommand(new StopCommand(environment, out, err))
                .addSubcommand(new RestartCommand(environment, out, err))
                .addSubcommand(new StatusCommand(environment, out, err))
                .addSubcommand(new CheckCommand(environment, out, err))
                .addSubcommand(new InfoCommand(environment, out))
                .addSubcommand(config)
                .addSubcommand(new InitCommand(out, err))
                .addSubcommand(new PasswordCommand(System.in, System.console(), out, err))
                .addSubcommand("completion", new AutoComplete.GenerateCompletion())
                .setOut(new PrintWriter(out, true, out.charset()))
                .setErr(new PrintWriter(err, true, err.charset()))
                .setParameterExceptionHandler((e, arguments) -> wrongUsage(e))
                .setExecutionExceptionHandler((e, command, result) -> failed(e, err));
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

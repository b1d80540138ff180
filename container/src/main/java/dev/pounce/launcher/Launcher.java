package dev.pounce.launcher;

import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;

/** The command line. */
final class Launcher {

    private final Environment environment;
    private final ServerHandle.Factory servers;
    private final PrintStream out;
    private final PrintStream err;

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
        this.environment = new Environment(environment);
        this.servers = servers;
        this.out = out;
        this.err = err;
    }

    /** Does what the arguments say; returns the exit status. */
    int run(String... args) {
        List<String> words = List.of(args);
        if (!words.isEmpty() && words.getFirst().equals("run")) {
            ConfigOptions plain = ConfigOptions.plain(words.subList(1, words.size()));
            if (plain != null) {
                return run(plain);
            }
        }
        return commandLine().execute(args);
    }

    private int run(ConfigOptions options) {
        try {
            return new RunCommand(options, environment, servers, out, err).call();
        } catch (InvalidConfiguration e) {
            return invalid(e, err);
        }
    }

    private CommandLine commandLine() {
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
                .addSubcommand(new TrainCommand(environment, servers))
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
        return invalid(invalid, err);
    }

    private static int invalid(InvalidConfiguration e, PrintStream err) {
        e.problems().forEach(err::println);
        return ExitCode.WRONG_USAGE;
    }
}

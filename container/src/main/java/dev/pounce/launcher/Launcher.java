package dev.pounce.launcher;

import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/** The command line: {@code run} with plain flags, and whatever picocli has to read. */
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
        if (words.equals(List.of(TrainCommand.NAME))) {
            return train();
        }
        return CommandTree.of(environment, servers, out, err).execute(args);
    }

    private int train() {
        try {
            return new TrainCommand(environment, servers).call();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ExitCode.FAILED;
        } catch (ExecutionException
                | TimeoutException
                | IOException
                | ReflectiveOperationException e) {
            err.println("pounce: " + e);
            return ExitCode.FAILED;
        }
    }

    private int run(ConfigOptions options) {
        try {
            return new RunCommand(options, environment, servers, out, err).call();
        } catch (InvalidConfiguration e) {
            e.problems().forEach(err::println);
            return ExitCode.WRONG_USAGE;
        }
    }
}

package dev.pounce.launcher;

import java.io.PrintStream;
import java.util.List;
import java.util.Map;

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
        return CommandTree.of(environment, servers, out, err).execute(args);
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

package dev.pounce.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A Java process that is told what to do on its standard input, and ends with that: when this
 * process ends, too.
 */
abstract class LoadProcess implements AutoCloseable {
    private final String name;
    private final Process process;
    private final BufferedReader out;
    private final Writer in;

    LoadProcess(Class<?> main, List<String> options, List<String> arguments) throws IOException {
        name = main.getSimpleName();
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(arguments);
        process =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        out = process.inputReader(StandardCharsets.UTF_8);
        in = process.outputWriter(StandardCharsets.UTF_8);
    }

    /** What the process reads its commands from. */
    static BufferedReader reader() {
        return new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    }

    Process process() {
        return process;
    }

    /** Says something to the process. */
    void send(String command) throws IOException {
        in.write(command + "\n");
        in.flush();
    }

    /** The rest of the next line, which has to begin so. */
    String expect(String prefix) throws IOException {
        String line = out.readLine();
        if (line == null || !line.startsWith(prefix)) {
            close();
            throw new IOException(name + " said \"" + line + "\" and not \"" + prefix + "...\"");
        }
        return line.substring(prefix.length()).strip();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}

package dev.pounce.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;

/**
 * Async-profiler, loaded into a running JVM: it samples the CPU time of all threads with the frames
 * of Java, of native libraries and, where the kernel allows perf_event_open(2), of the kernel.
 *
 * @param library its native library
 */
record Profiler(Path library) {

    private static final String INTERVAL = "1ms";

    /**
     * Unpacks the library for this machine.
     *
     * @param folder where to
     * @throws BenchmarkException when there is none for this machine
     */
    static Profiler unpack(Path folder) throws IOException {
        String machine = System.getProperty("os.arch").equals("aarch64") ? "arm64" : "x64";
        boolean linux = System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("linux");
        String name = (linux ? "/linux-" + machine : "/macos") + "/libasyncProfiler.so";
        Path library = folder.resolve("libasyncProfiler.so");
        try (InputStream in = Profiler.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new BenchmarkException(
                        "async-profiler has nothing for this machine: " + name);
            }
            Files.copy(in, library, StandardCopyOption.REPLACE_EXISTING);
        }
        return new Profiler(library);
    }

    /** Begins to sample a process. */
    void start(long pid) {
        command(pid, "start,event=cpu,interval=" + INTERVAL + ",ann,threads");
    }

    /** Ends sampling; the stacks come as lines of frames and a count, the flame graph as HTML. */
    Stacks stop(long pid, Path stacks, Path flameGraph) throws IOException {
        command(pid, "dump,collapsed,ann,threads,file=" + stacks);
        command(pid, "stop,flamegraph,file=" + flameGraph);
        return Stacks.parse(Files.readAllLines(stacks));
    }

    private void command(long pid, String arguments) {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        List<String> command =
                List.of(
                        jcmd.toString(),
                        Long.toString(pid),
                        "JVMTI.agent_load",
                        library.toString(),
                        '"' + arguments + '"');
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            String output =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!output.contains("return code: 0")) {
                throw new BenchmarkException("the profiler does not " + arguments + ": " + output);
            }
        } catch (IOException e) {
            throw new BenchmarkException("jcmd cannot be run: " + e.getMessage(), e);
        }
    }
}

package dev.pounce.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The memory of processes, as Linux and the JVM tell it. */
final class ProcessMemory {

    private static final Pattern TOTAL =
            Pattern.compile("^Total\\s+\\d+\\s+(\\d+)$", Pattern.MULTILINE);

    private ProcessMemory() {}

    /**
     * The resident memory of a process in bytes (VmRSS of proc_pid_status(5)).
     *
     * @throws BenchmarkException when it is gone
     */
    static long resident(long pid) {
        Path file = Path.of("/proc", Long.toString(pid), "status");
        try (Stream<String> lines = Files.lines(file)) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                    .findFirst()
                    .orElseThrow(() -> new BenchmarkException(file + " has no VmRSS"));
        } catch (IOException e) {
            throw new BenchmarkException(file + " cannot be read", e);
        }
    }

    /**
     * The bytes of all objects of a JVM that something still refers to, after a collection; empty
     * when the process is no JVM.
     */
    static OptionalLong liveObjects(long pid) {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        try {
            Process process =
                    new ProcessBuilder(jcmd.toString(), Long.toString(pid), "GC.class_histogram")
                            .redirectErrorStream(true)
                            .start();
            process.getOutputStream().close();
            return total(new String(process.getInputStream().readAllBytes(), US_ASCII));
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }

    /** The bytes in the last line of a histogram. */
    static OptionalLong total(String histogram) {
        Matcher total = TOTAL.matcher(histogram);
        return total.find()
                ? OptionalLong.of(Long.parseLong(total.group(1)))
                : OptionalLong.empty();
    }
}

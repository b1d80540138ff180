package dev.pounce.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What the figures were taken on. */
final class Machine {

    private Machine() {}

    /** One line for each thing that a reader needs to judge the figures. */
    static List<String> facts() {
        return List.of(
                "Machine: "
                        + value("/proc/cpuinfo", "model name")
                        + ", "
                        + Runtime.getRuntime().availableProcessors()
                        + " cores, "
                        + value("/proc/meminfo", "MemTotal")
                        + " of memory",
                "Kernel: " + System.getProperty("os.name") + " " + System.getProperty("os.version"),
                "JDK: " + System.getProperty("java.vendor") + " " + Runtime.version(),
                "Compiler: " + output("cc", "--version"),
                "Client: " + output("wrk", "--version"));
    }

    /** The first line of what a program writes, or an empty string when it cannot be run. */
    static String output(String... command) {
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            byte[] bytes = process.getInputStream().readAllBytes();
            return new String(bytes, StandardCharsets.UTF_8).lines().findFirst().orElse("");
        } catch (IOException e) {
            return "";
        }
    }

    /** The value of the first line {@code key : value} of a file, or "unknown". */
    private static String value(String file, String key) {
        try (Stream<String> lines = Files.lines(Path.of(file))) {
            return lines.filter(line -> line.startsWith(key))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("unknown");
        } catch (IOException e) {
            return "unknown";
        }
    }
}

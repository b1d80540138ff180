package dev.pounce.load;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The bytes of the live objects of a JVM by class, as {@code jcmd} counts them. */
record Histogram(Map<String, Long> bytesByClass) {
    private static final Pattern LINE = Pattern.compile("\\s*\\d+:\\s+\\d+\\s+(\\d+)\\s+(\\S+).*");

    /** Has a process collect its garbage and counts what is left. */
    static Histogram of(long pid) throws IOException {
        Process jcmd =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                                Long.toString(pid),
                                "GC.class_histogram")
                        .redirectErrorStream(true)
                        .start();
        String output = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        Map<String, Long> bytes = new HashMap<>();
        for (String line : output.lines().toList()) {
            Matcher matcher = LINE.matcher(line);
            // with a filler the collector marks room that it has not closed
            if (matcher.matches() && !matcher.group(2).contains("jdk.internal.vm.Filler")) {
                bytes.merge(matcher.group(2), Long.parseLong(matcher.group(1)), Long::sum);
            }
        }
        if (bytes.isEmpty()) {
            throw new IOException("jcmd counted nothing: " + output);
        }
        return new Histogram(bytes);
    }

    /** All bytes. */
    long total() {
        return bytesByClass.values().stream().mapToLong(Long::longValue).sum();
    }

    /** The classes that have grown most since then, in bytes for each of so many connections. */
    List<String> growth(Histogram since, int connections) {
        return bytesByClass.entrySet().stream()
                .map(
                        entry ->
                                Map.entry(
                                        entry.getKey(),
                                        entry.getValue()
                                                - since.bytesByClass.getOrDefault(
                                                        entry.getKey(), 0L)))
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .limit(20)
                .map(
                        entry ->
                                String.format(
                                        Locale.ROOT,
                                        "%8.1f  %s",
                                        (double) entry.getValue() / connections,
                                        entry.getKey()))
                .toList();
    }
}

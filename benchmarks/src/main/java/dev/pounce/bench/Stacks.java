package dev.pounce.bench;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Sampled stacks by whom their time belongs to: the kernel, an encoder, the JVM's own threads, the
 * application, or the package of this server that was nearest to the sampled frame.
 */
final class Stacks {

    private static final Pattern SYSTEM_CALL = Pattern.compile("__(?:x64|arm64)_sys_(\\w+)_\\[k]");
    private static final Pattern ENCODER =
            Pattern.compile("ZSTD_.*|.*luben/zstd.*|.*zip/(Deflater|CRC32).*|deflate.*|crc32.*");
    private static final Pattern JVM =
            Pattern.compile("CompileBroker::.*|WorkerThread::run|VMThread::.*|WatcherThread::.*");
    private static final Pattern APPLICATION = Pattern.compile("dev/pounce/bench/.*");
    private static final Pattern OURS = Pattern.compile("dev/pounce/((?:\\w+/)*)\\w.*");
    private static final Pattern MARK = Pattern.compile("_\\[[a-z0-9]+]$");

    private final Map<String, Long> byOwner = new LinkedHashMap<>();
    private final Map<String, Long> byFrame = new LinkedHashMap<>();
    private long total;

    private Stacks() {}

    /** Reads collapsed stacks: frames with semicolons between them, a space and a count. */
    static Stacks parse(List<String> lines) {
        Stacks stacks = new Stacks();
        for (String line : lines) {
            int space = line.lastIndexOf(' ');
            if (space > 0) {
                stacks.add(
                        line.substring(0, space).split(";"),
                        Long.parseLong(line.substring(space + 1)));
            }
        }
        return stacks;
    }

    private void add(String[] frames, long count) {
        total += count;
        byOwner.merge(owner(frames), count, Long::sum);
        String top = frames[frames.length - 1];
        byFrame.merge(MARK.matcher(top).replaceAll(""), count, Long::sum);
    }

    /** Whom the time of a stack belongs to, by its frames from the sampled one outwards. */
    static String owner(String... frames) {
        boolean kernel = frames[frames.length - 1].endsWith("_[k]");
        String outermostKernel = "";
        for (int i = frames.length - 1; i >= 0; i--) {
            String frame = frames[i];
            Matcher call = SYSTEM_CALL.matcher(frame);
            if (call.matches()) {
                return "kernel: " + call.group(1);
            }
            if (kernel) {
                if (frame.endsWith("_[k]")) {
                    outermostKernel = frame;
                    continue;
                }
                return "kernel: " + entry(outermostKernel, MARK.matcher(frame).replaceAll(""));
            }
            String plain = MARK.matcher(frame).replaceAll("");
            if (ENCODER.matcher(plain).matches()) {
                return "encoder";
            }
            if (JVM.matcher(plain).matches()) {
                return "the JVM's compilers and collector";
            }
            if (APPLICATION.matcher(plain).matches()) {
                return "the application";
            }
            Matcher ours = OURS.matcher(plain);
            if (ours.matches()) {
                return "Pounce: " + ours.group(1).replaceAll("/$", "").replace('/', '.');
            }
        }
        return "other";
    }

    /** A system call without a frame of its own has the name of the C function that made it. */
    private static String entry(String outermostKernel, String caller) {
        return outermostKernel.startsWith("entry_SYSCALL")
                ? caller.replaceAll("^(__GI_|__libc_|__)", "")
                : MARK.matcher(outermostKernel).replaceAll("");
    }

    /** The parts of the time that are more than half a percent, the largest first. */
    String owners() {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("whose", "% of the CPU time"));
        byOwner.entrySet().stream()
                .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                .filter(entry -> 200 * entry.getValue() > total)
                .forEach(entry -> rows.add(List.of(entry.getKey(), percent(entry.getValue()))));
        return MarkdownTable.of(rows);
    }

    /** The frames in which most of the time is spent. */
    String frames(int most) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("where", "% of the CPU time"));
        byFrame.entrySet().stream()
                .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                .limit(most)
                .forEach(
                        entry ->
                                rows.add(
                                        List.of(
                                                "`" + entry.getKey() + "`",
                                                percent(entry.getValue()))));
        return MarkdownTable.of(rows);
    }

    private String percent(long count) {
        return String.format(Locale.ROOT, "%.1f", 100.0 * count / total);
    }
}

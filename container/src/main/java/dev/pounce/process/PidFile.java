package dev.pounce.process;

import java.io.IOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a server writes about itself into the file {@code pounce.pid}: its number alone in the first
 * line, as others expect it, and further lines with a name, a colon and a value.
 *
 * @param process the server
 * @param control the socket that it takes commands on
 * @param directory where it was started, at which relative paths of its flags start
 * @param flags those of {@code pounce run} that it was started with
 */
public record PidFile(ProcessIdentity process, Path control, Path directory, List<String> flags) {
    private static final int MAX_LENGTH = 1 << 20;

    /** Copies the list. */
    public PidFile {
        flags = List.copyOf(flags);
    }

    /**
     * Reads a file.
     *
     * @return what it says; nothing when there is none
     * @throws IOException when it cannot be read, or is not what {@link #write} leaves
     */
    public static Optional<PidFile> read(Path file) throws IOException {
        List<String> lines;
        try {
            if (Files.size(file) > MAX_LENGTH) {
                throw malformed(file);
            }
            lines = Files.readAllLines(file);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
        try {
            long pid = Long.parseLong(lines.getFirst());
            List<String> flags = new ArrayList<>();
            String start = "";
            Path control = file.resolveSibling("control.sock");
            Path directory = Path.of("");
            for (String line : lines.subList(1, lines.size())) {
                int colon = line.indexOf(": ");
                String value = URLDecoder.decode(line.substring(colon + 2), StandardCharsets.UTF_8);
                switch (line.substring(0, colon)) {
                    case "start" -> start = value;
                    case "control" -> control = Path.of(value);
                    case "directory" -> directory = Path.of(value);
                    case "flag" -> flags.add(value);
                    default -> {
                        // a newer version's
                    }
                }
            }
            return Optional.of(
                    new PidFile(new ProcessIdentity(pid, start), control, directory, flags));
        } catch (RuntimeException e) {
            IOException malformed = malformed(file);
            malformed.initCause(e);
            throw malformed;
        }
    }

    private static IOException malformed(Path file) {
        return new IOException(file + " was not written by Pounce: delete it if no server runs");
    }

    /** Writes a file, whole or not at all. */
    public void write(Path file) throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add(Long.toString(process.pid()));
        lines.add(line("start", process.start()));
        lines.add(line("control", control.toString()));
        lines.add(line("directory", directory.toString()));
        flags.forEach(flag -> lines.add(line("flag", flag)));
        Path written = file.resolveSibling(file.getFileName() + "." + process.pid());
        Files.write(written, lines);
        Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private static String line(String name, String value) {
        return name + ": " + URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}

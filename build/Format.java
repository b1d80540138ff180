import com.google.googlejavaformat.java.Main;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Runs google-java-format over every Java file of the project: {@code Format check|write <root>}.
 */
public final class Format {
    private Format() {}

    public static void main(String[] args) throws Exception {
        boolean write = args[0].equals("write");
        List<String> command = new ArrayList<>(List.of("--aosp"));
        command.addAll(
                write ? List.of("--replace") : List.of("--dry-run", "--set-exit-if-changed"));
        try (Stream<Path> files = Files.walk(Path.of(args[1]))) {
            files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !file.toString().contains("/target/"))
                    .map(Path::toString)
                    .sorted()
                    .forEach(command::add);
        }
        PrintWriter out = new PrintWriter(System.out, true);
        int result = 0;
        // the formatter joins what it broke only when it sees its own result
        for (int pass = 0; pass < (write ? 2 : 1); pass++) {
            result =
                    new Main(out, new PrintWriter(System.err, true), System.in)
                            .format(command.toArray(String[]::new));
        }
        if (result != 0 && !write) {
            System.err.println(
                    "The files above are not formatted: run `mvn -N validate"
                            + " -Dformat.mode=write`.");
        }
        System.exit(result);
    }
}

package dev.pounce.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The files of the project, for tests that hold its documentation to them. */
final class Sources {
    static final Path ROOT =
            Path.of(System.getProperty("pounce.root", "..")).toAbsolutePath().normalize();

    private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\w*)$\n(.*?)^```$\n?");

    private Sources() {}

    /** The Java files below {@code src/main} of every module; {@code src/test} too if asked for. */
    static List<Path> java(boolean tests) throws IOException {
        return files(".java").stream()
                .filter(file -> tests || !file.toString().contains("/src/test/"))
                .toList();
    }

    /** README.md and everything below docs. */
    static List<Path> documents() throws IOException {
        List<Path> all = new ArrayList<>(files(".md"));
        all.removeIf(
                file ->
                        !file.startsWith(ROOT.resolve("docs"))
                                && !file.equals(ROOT.resolve("README.md")));
        return all;
    }

    private static List<Path> files(String ending) throws IOException {
        try (Stream<Path> all =
                Files.find(
                        ROOT,
                        20,
                        (file, attributes) ->
                                attributes.isRegularFile()
                                        && file.toString().endsWith(ending)
                                        && isSource(ROOT.relativize(file)))) {
            return all.sorted().toList();
        }
    }

    private static boolean isSource(Path file) {
        for (Path name : file) {
            if (name.toString().startsWith(".") || name.toString().equals("target")) {
                return false;
            }
        }
        return true;
    }

    /** The text of a document without its fenced blocks. */
    static String prose(Path document) throws IOException {
        return BLOCK.matcher(Files.readString(document)).replaceAll("");
    }

    /** The fenced blocks of a document in a language. */
    static List<String> blocks(Path document, String language) throws IOException {
        return BLOCK.matcher(Files.readString(document))
                .results()
                .filter(block -> block.group(1).equals(language))
                .map(block -> block.group(2))
                .toList();
    }

    /** The first group of every match. */
    static List<String> matches(String pattern, String text) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        return matcher.results().map(match -> match.group(1)).toList();
    }
}

package dev.pounce.develop;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Finds the lines that a stack trace speaks of. It looks beside the classes, in {@code
 * WEB-INF/src}, and in the {@code src/main/java} of the project that the webapp lies in. Immutable.
 */
public final class Sources {
    /** None at all. */
    public static final Sources NONE = new Sources(List.of());

    private static final List<String> FOLDERS =
            List.of("src/main/java", "src/main/kotlin", "src/main/groovy");

    /** How far above a webapp its project's sources are looked for: target/name/ has three. */
    private static final int LEVELS = 4;

    private static final long MAX_BYTES = 2 << 20;
    private static final int AROUND = 4;

    private final List<Path> roots;

    /**
     * Lines of a file.
     *
     * @param file where they are
     * @param first the number of the first
     * @param number that of the line which is meant
     */
    public record Excerpt(Path file, int first, int number, List<String> lines) {}

    private Sources(List<Path> roots) {
        this.roots = roots;
    }

    /**
     * The sources of a webapp.
     *
     * @param webapp its folder
     * @param configured further folders, which are looked into first
     */
    public static Sources of(Path webapp, List<Path> configured) {
        Set<Path> roots = new LinkedHashSet<>(configured);
        roots.add(webapp.resolve("WEB-INF/classes"));
        roots.add(webapp.resolve("WEB-INF/src"));
        Path folder = webapp.toAbsolutePath().normalize();
        for (int level = 0; level <= LEVELS && folder != null; level++) {
            for (String each : FOLDERS) {
                roots.add(folder.resolve(each));
            }
            folder = folder.getParent();
        }
        return new Sources(roots.stream().filter(Files::isDirectory).map(Sources::real).toList());
    }

    private static Path real(Path folder) {
        try {
            return folder.toRealPath();
        } catch (IOException e) {
            return folder.toAbsolutePath().normalize();
        }
    }

    /** The lines around that of a frame; null where there is no source. */
    public @Nullable Excerpt find(StackTraceElement frame) {
        String name = frame.getFileName();
        if (name == null || frame.getLineNumber() < 1 || !name.matches("[\\w$-]+\\.\\w+")) {
            return null;
        }
        String type = frame.getClassName();
        int dot = type.lastIndexOf('.');
        String folder = dot < 0 ? "" : type.substring(0, dot).replace('.', '/') + "/";
        for (Path root : roots) {
            Excerpt excerpt = read(root, root.resolve(folder + name), frame.getLineNumber());
            if (excerpt != null) {
                return excerpt;
            }
        }
        return null;
    }

    private static @Nullable Excerpt read(Path root, Path file, int number) {
        try {
            if (!Files.isRegularFile(file)
                    || !file.toRealPath().startsWith(root)
                    || Files.size(file) > MAX_BYTES) {
                return null;
            }
            List<String> all =
                    new String(Files.readAllBytes(file), StandardCharsets.UTF_8).lines().toList();
            if (number > all.size()) {
                return null;
            }
            int first = Math.max(1, number - AROUND);
            int last = Math.min(all.size(), number + AROUND);
            return new Excerpt(file, first, number, new ArrayList<>(all.subList(first - 1, last)));
        } catch (IOException e) {
            return null;
        }
    }
}

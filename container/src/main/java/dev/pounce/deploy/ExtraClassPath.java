package dev.pounce.deploy;

import dev.pounce.config.AppConfig;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What {@code class_path} of an application's settings names. An application that brings the
 * setting itself cannot reach outside of its folder by it, unless the operator lets it: not that
 * its code could not, but what is loaded should be what was deployed.
 */
final class ExtraClassPath {
    private static final String SETTING = "class_path";
    private static final String JAR = ".jar";

    private final AppValues values;
    private final Path start;
    private final boolean bounded;
    private final Path root;

    private ExtraClassPath(AppValues values, Path start, boolean bounded, Path root) {
        this.values = values;
        this.start = start;
        this.bounded = bounded;
        this.root = root;
    }

    /**
     * The jars and folders, in their order.
     *
     * @param root the application's unpacked folder
     * @param base where relative paths in files of the operator start
     * @throws DeploymentException when one of them is not there, or where it must not be
     * @throws IOException when a folder cannot be read
     */
    static List<Path> of(AppConfig config, AppValues values, Path root, Path base)
            throws DeploymentException, IOException {
        boolean operators = values.ofOperator().contains(SETTING);
        ExtraClassPath path =
                new ExtraClassPath(
                        values,
                        operators ? base.toAbsolutePath() : root,
                        !operators && !config.own().outsideClassPath(),
                        root.toRealPath());
        List<Path> places = new ArrayList<>();
        for (String element : config.own().classPath()) {
            path.add(element, places);
        }
        return List.copyOf(places);
    }

    private void add(String element, List<Path> places) throws DeploymentException, IOException {
        if (element.endsWith("/*") || element.endsWith("/*" + JAR)) {
            Path folder = existing(element, element.substring(0, element.lastIndexOf('/') + 1));
            if (!Files.isDirectory(folder)) {
                throw refused(element, "names the jars of what is no folder: " + folder);
            }
            for (Path jar : jars(folder)) {
                checkInside(element, jar);
                places.add(jar);
            }
            return;
        }
        Path place = existing(element, element);
        boolean isFolder = Files.isDirectory(place);
        if (!isFolder && !element.endsWith(JAR)) {
            throw refused(element, "is neither a jar nor a folder");
        }
        if (isFolder && hasOnlyJars(place)) {
            throw refused(
                    element,
                    "is a folder with jars and without classes; \""
                            + element.replaceFirst("/$", "")
                            + "/*\" stands for its jars");
        }
        places.add(place);
    }

    private Path existing(String element, String path) throws DeploymentException, IOException {
        Path place;
        try {
            place = start.resolve(path).normalize();
        } catch (InvalidPathException e) {
            throw refused(element, "is no path: " + e.getReason());
        }
        if (bounded && !place.startsWith(start.normalize())) {
            throw outside(element);
        }
        if (!Files.exists(place)) {
            throw refused(element, "is not there: " + place);
        }
        checkInside(element, place);
        return place;
    }

    private void checkInside(String element, Path place) throws DeploymentException, IOException {
        if (bounded && !place.toRealPath().startsWith(root)) {
            throw outside(element);
        }
    }

    private static List<Path> jars(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(JAR))
                    .filter(Files::isRegularFile)
                    .sorted()
                    .toList();
        }
    }

    private static boolean hasOnlyJars(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> all = files.toList();
            return !all.isEmpty() && all.stream().allMatch(file -> file.toString().endsWith(JAR));
        }
    }

    private DeploymentException outside(String element) {
        return refused(
                element,
                "leads out of the application's folder; outside_class_path in a file of the"
                        + " operator would allow it");
    }

    private DeploymentException refused(String element, String problem) {
        return values.refused(SETTING, "\"" + element + "\" " + problem);
    }
}

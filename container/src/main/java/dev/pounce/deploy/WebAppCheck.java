package dev.pounce.deploy;

import dev.pounce.config.ServerConfig;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/**
 * Looks for what would keep the webapps of a configuration from starting, without starting one: no
 * code of theirs runs.
 */
public final class WebAppCheck {
    private final List<String> problems = new ArrayList<>();
    private final List<WebAppProvider> providers = new ArrayList<>();

    private WebAppCheck(ClassLoader parent) {
        ServiceLoader.load(WebAppProvider.class, parent).forEach(providers::add);
    }

    /**
     * Looks at every webapp, and at the files that the configuration names for them.
     *
     * @param parent has the {@link WebAppProvider}s
     * @return what was found, a line for each
     */
    public static List<String> problems(ServerConfig config, ClassLoader parent) {
        WebAppCheck check = new WebAppCheck(parent);
        check.providers.forEach(provider -> check.problems.addAll(provider.problems(config)));
        if (Files.isDirectory(config.webapps())) {
            check.checkAll(config.webapps());
        }
        return List.copyOf(check.problems);
    }

    private void checkAll(Path webapps) {
        try {
            for (AppFile file : AppFile.in(webapps)) {
                check(file);
            }
        } catch (IOException e) {
            problems.add(webapps + " cannot be read: " + e);
        }
    }

    private void check(AppFile file) {
        try {
            ContextPath.check(file.name().contextPath());
            check(file.path());
        } catch (IOException | UncheckedIOException | DeploymentException e) {
            problems.add(file.path() + ": " + e.getMessage());
        }
    }

    private void check(Path entry) throws IOException, DeploymentException {
        if (Files.isDirectory(entry)) {
            checkUnpacked(entry, entry);
            return;
        }
        Path unpacked = Files.createTempDirectory("pounce-check-");
        try {
            new WarUnpacker().unpack(entry, unpacked.resolve("webapp"));
            checkUnpacked(entry, unpacked.resolve("webapp"));
        } finally {
            delete(unpacked);
        }
    }

    private void checkUnpacked(Path entry, Path root) throws IOException {
        for (Path jar : WebAppLoader.jars(root)) {
            try (JarFile file = new JarFile(jar.toFile())) {
                file.size();
            } catch (IOException e) {
                problems.add(
                        entry
                                + ": "
                                + root.relativize(jar)
                                + " is no valid jar: "
                                + e.getMessage());
            }
        }
        for (WebAppProvider provider : providers) {
            provider.problems(root).forEach(problem -> problems.add(entry + ": " + problem));
        }
        if (providers.isEmpty() && Files.exists(root.resolve("WEB-INF/web.xml"))) {
            problems.add(entry + ": a webapp with a web.xml needs pounce-servlet-bridge");
        }
    }

    private static void delete(Path folder) throws IOException {
        List<Path> deepestFirst;
        try (Stream<Path> all = Files.walk(folder)) {
            deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path each : deepestFirst) {
            Files.delete(each);
        }
    }
}

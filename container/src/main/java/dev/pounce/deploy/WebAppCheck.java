package dev.pounce.deploy;

import dev.pounce.config.ServerConfig;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
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
    private final ClassLoader parent;

    private WebAppCheck(ClassLoader parent) {
        this.parent = parent;
        ServiceLoader.load(WebAppProvider.class, parent).forEach(providers::add);
    }

    /**
     * Looks at every webapp of every host, and at the files that the configuration names for them.
     *
     * @param parent has the {@link WebAppProvider}s
     * @return what was found, a line for each
     */
    public static List<String> problems(ServerConfig config, ClassLoader parent) {
        WebAppCheck check = new WebAppCheck(parent);
        check.providers.forEach(provider -> check.problems.addAll(provider.problems(config)));
        check.checkHost(config.webapps(), config.webappsJavax());
        config.hosts()
                .values()
                .forEach(host -> check.checkHost(host.webapps(), host.webappsJavax()));
        return List.copyOf(check.problems);
    }

    private void checkHost(Path webapps, Path webappsJavax) {
        Map<AppName, Path> names = new HashMap<>();
        checkAll(webapps, names);
        if (!checkAll(webappsJavax, names).isEmpty() && !hasConverter()) {
            problems.add(
                    webappsJavax
                            + " has webapps of javax.servlet, which are converted by"
                            + " pounce-jakarta-migration, and it cannot be loaded: it has to be on"
                            + " the class path, and Java has to have the module java.logging");
        }
    }

    private boolean hasConverter() {
        try {
            return ServiceLoader.load(WebAppConverter.class, parent).findFirst().isPresent();
        } catch (ServiceConfigurationError | LinkageError e) {
            return false;
        }
    }

    private List<AppFile> checkAll(Path folder, Map<AppName, Path> names) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try {
            List<AppFile> files = AppFile.in(folder);
            for (AppFile file : files) {
                Path other = names.putIfAbsent(file.name(), file.path());
                if (other != null) {
                    problems.add(file.path() + ": is deployed at the same path as " + other);
                }
                check(file);
            }
            return files;
        } catch (IOException e) {
            problems.add(folder + " cannot be read: " + e);
            return List.of();
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

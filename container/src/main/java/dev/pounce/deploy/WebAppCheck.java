package dev.pounce.deploy;

import dev.pounce.config.AppConfig;
import dev.pounce.config.DefaultHostConfig;
import dev.pounce.config.ServerConfig;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/**
 * Looks for what would keep the webapps of a configuration from starting, without starting one: no
 * code of theirs runs.
 */
public final class WebAppCheck {
    private final List<String> problems = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private final List<WebAppProvider> providers = new ArrayList<>();
    private final ClassLoader parent;
    private final AppConfigFiles allFiles;
    private Folders current;

    /** The folders of one host. */
    private record Folders(
            ServerConfig server,
            AppConfigFiles files,
            Set<AppName> names,
            Map<AppName, Path> places) {}

    /** What was set for a webapp. */
    private record Settings(AppValues values, AppConfig config) {}

    private WebAppCheck(ServerConfig server, AppConfigFiles files, ClassLoader parent) {
        this.parent = parent;
        this.allFiles = files;
        this.current = new Folders(server, files, new HashSet<>(), new HashMap<>());
        ServiceLoader.load(WebAppProvider.class, parent).forEach(providers::add);
    }

    /**
     * Looks at every webapp of every host, at its settings, and at the files that the configuration
     * names.
     *
     * @param files the settings of single webapps
     * @param parent has the {@link WebAppProvider}s
     */
    public static WebAppCheck of(ServerConfig config, AppConfigFiles files, ClassLoader parent) {
        WebAppCheck check = new WebAppCheck(config, files, parent);
        check.providers.forEach(provider -> check.problems.addAll(provider.problems(config)));
        check.checkHost(DefaultHostConfig.ID, config);
        config.hosts().keySet().forEach(id -> check.checkHost(id, config.forHost(id)));
        return check;
    }

    /** What would keep a webapp from starting, a line for each. */
    public List<String> problems() {
        return List.copyOf(problems);
    }

    /** What is probably a mistake, a line for each. */
    public List<String> warnings() {
        return List.copyOf(warnings);
    }

    private void checkHost(String id, ServerConfig server) {
        current = new Folders(server, allFiles.forHost(id), new HashSet<>(), new HashMap<>());
        checkAll(server.webapps());
        Path webappsJavax = server.webappsJavax();
        if (!checkAll(webappsJavax).isEmpty() && !hasConverter()) {
            problems.add(
                    webappsJavax
                            + " has webapps of javax.servlet, which are converted by"
                            + " pounce-jakarta-migration, and it cannot be loaded: it has to be in"
                            + " lib/migration, or on the class path, and Java has to have the"
                            + " module java.logging");
        }
        try {
            for (Path each : current.files().withoutApplication(current.names())) {
                warnings.add(each + ": there is no application of that name");
            }
        } catch (IOException e) {
            problems.add("webapps_conf: " + e);
        }
    }

    private boolean hasConverter() {
        try {
            return Converters.find(parent).isPresent();
        } catch (ServiceConfigurationError | LinkageError e) {
            return false;
        }
    }

    private List<AppFile> checkAll(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try {
            List<AppFile> found = AppFile.in(folder);
            found.forEach(this::check);
            return found;
        } catch (IOException e) {
            problems.add(folder + " cannot be read: " + e);
            return List.of();
        }
    }

    private void check(AppFile file) {
        current.names().add(file.name());
        try {
            ContextPath.check(file.name().contextPath());
            check(file.path(), settings(file));
        } catch (IOException | UncheckedIOException | DeploymentException e) {
            problems.add(file.path() + ": " + e.getMessage());
        }
    }

    /** Its settings as far as they are right; its place is one that no other one has. */
    private Settings settings(AppFile file) {
        AppValues values = current.files().read(file.path(), file.name());
        AppConfig config = AppConfig.of(current.server());
        try {
            config = values.over(current.server());
        } catch (DeploymentException e) {
            problems.addAll(String.valueOf(e.getMessage()).lines().toList());
            values = AppValues.NONE;
        }
        AppName place = AppConfigFiles.mount(file.name(), config);
        Path other = current.places().putIfAbsent(place, file.path());
        if (other != null) {
            problems.add(file.path() + ": is deployed at the same path as " + other);
        }
        return new Settings(values, config);
    }

    private void check(Path entry, Settings settings) throws IOException, DeploymentException {
        if (Files.isDirectory(entry)) {
            checkUnpacked(entry, entry, settings);
            return;
        }
        Path unpacked = Files.createTempDirectory("pounce-check-");
        try {
            new WarUnpacker().unpack(entry, unpacked.resolve("webapp"));
            checkUnpacked(entry, unpacked.resolve("webapp"), settings);
        } finally {
            delete(unpacked);
        }
    }

    private void checkUnpacked(Path entry, Path root, Settings settings)
            throws IOException, DeploymentException {
        List<Path> jars = new ArrayList<>(WebAppLoader.jars(root));
        Path base = current.files().base();
        ExtraClassPath.of(settings.config(), settings.values(), root, base).stream()
                .filter(Files::isRegularFile)
                .forEach(jars::add);
        for (Path jar : jars) {
            try (JarFile file = new JarFile(jar.toFile())) {
                file.size();
            } catch (IOException e) {
                problems.add(
                        entry
                                + ": "
                                + (jar.startsWith(root) ? root.relativize(jar) : jar)
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

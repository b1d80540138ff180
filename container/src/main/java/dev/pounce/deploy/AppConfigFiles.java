package dev.pounce.deploy;

import dev.pounce.config.AppConfig;
import dev.pounce.config.AppSettings;
import dev.pounce.config.DefaultHostConfig;
import dev.pounce.config.Key;
import dev.pounce.config.Placeholders;
import dev.pounce.config.Setting;
import dev.pounce.yaml.SettingCollector;
import dev.pounce.yaml.YamlFile;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * The files with settings of single applications: {@code WEB-INF/pounce.yaml} of the application
 * itself, and {@code NAME.yaml} of the operator, which wins setting by setting. Of {@code
 * NAME##VERSION} there may be a file of its own; else it has that of {@code NAME}. Thread-safe.
 */
public final class AppConfigFiles {
    private static final Logger LOG = LoggerFactory.getLogger(AppConfigFiles.class);
    private static final String OWN = "WEB-INF/pounce.yaml";
    private static final String YAML = ".yaml";

    private final Path folder;
    private final Path base;
    private final Placeholders placeholders;

    /**
     * @param folder has the files of the operator, if it is there
     * @param base where relative paths in these start
     * @param placeholders what values of files may have in them
     */
    public AppConfigFiles(Path folder, Path base, Placeholders placeholders) {
        this.folder = folder;
        this.base = base;
        this.placeholders = placeholders;
    }

    /**
     * Those of the applications of a host: of a virtual one, the operator's are in a folder of its
     * own.
     *
     * @param id what the configuration calls the host
     */
    AppConfigFiles forHost(String id) {
        return id.equals(DefaultHostConfig.ID)
                ? this
                : new AppConfigFiles(folder.resolve(id), base, placeholders);
    }

    /** Where relative paths in files of the operator start. */
    Path base() {
        return base;
    }

    /**
     * Where files of the operator for an application may be, the one that counts first, whether
     * they are there or not.
     *
     * @param name what the name of its folder or war file says
     */
    public List<Path> places(AppName name) {
        Set<String> names = new LinkedHashSet<>();
        names.add(name.fileName());
        names.add(AppName.of(name.contextPath()).fileName());
        try {
            return names.stream().map(each -> folder.resolve(each + YAML)).toList();
        } catch (InvalidPathException e) {
            LOG.debug("{} is no name of a file", name, e);
            return List.of();
        }
    }

    /**
     * Reads the files of an application.
     *
     * @param origin its folder or war file
     * @param name what its name says
     */
    public AppValues read(Path origin, AppName name) {
        SettingCollector own = new SettingCollector();
        readOwn(origin, own);
        refuseOperators(own);
        SettingCollector operators = new SettingCollector();
        for (Path place : places(name)) {
            if (Files.exists(place)) {
                read(place, base, operators);
                break;
            }
        }
        Map<String, Object> values = new HashMap<>(own.values());
        values.putAll(operators.values());
        Map<String, String> origins = new HashMap<>(own.origins());
        origins.putAll(operators.origins());
        List<String> problems = new ArrayList<>(own.problems());
        problems.addAll(operators.problems());
        return new AppValues(values, origins, operators.values().keySet(), problems);
    }

    private void refuseOperators(SettingCollector own) {
        if (own.origins().isEmpty()) {
            return;
        }
        for (Key key : AppConfig.settings().keys()) {
            String origin = own.origins().get(key.path());
            if (origin != null && key.app() == Setting.App.OPERATOR) {
                own.problem(
                        origin,
                        key.path()
                                + ": is for the operator alone, in "
                                + folder.resolve("NAME" + YAML));
            }
        }
    }

    private void readOwn(Path origin, SettingCollector settings) {
        if (Files.isDirectory(origin)) {
            Path file = origin.resolve(OWN);
            if (Files.exists(file)) {
                read(file, origin, settings);
            }
        } else if (Files.isRegularFile(origin)) {
            try (ZipFile zip = new ZipFile(origin.toFile())) {
                ZipEntry entry = zip.getEntry(OWN);
                if (entry != null) {
                    yaml(origin, settings)
                            .read(origin + "!/" + OWN, () -> zip.getInputStream(entry));
                }
            } catch (IOException e) {
                LOG.debug("{} is no war file, which shows when it is unpacked", origin, e);
            }
        }
    }

    /** Whoever reads what is no file, a pipe for instance, may wait for ever. */
    private void read(Path file, Path start, SettingCollector settings) {
        if (Files.isRegularFile(file)) {
            yaml(start, settings).read(file);
        } else {
            settings.problem(file.toString(), "is no file");
        }
    }

    private YamlFile yaml(Path start, SettingCollector settings) {
        return new YamlFile(AppConfig.settings(), start, placeholders, settings);
    }

    /**
     * The files of the operator that are for none of some applications.
     *
     * @param names what their names say
     * @throws IOException when the folder cannot be read
     */
    List<Path> withoutApplication(Set<AppName> names) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        Set<Path> known = new LinkedHashSet<>();
        names.forEach(name -> known.addAll(places(name)));
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(YAML))
                    .filter(file -> !known.contains(file))
                    .sorted()
                    .toList();
        }
    }

    /** Where an application is: at the path that its settings name, or at the one of its name. */
    static AppName mount(AppName name, AppConfig config) {
        String path = config.own().contextPath();
        if (path.equals(AppSettings.AUTO)) {
            return name;
        }
        return new AppName(path.equals("/") ? "" : path, name.version());
    }
}

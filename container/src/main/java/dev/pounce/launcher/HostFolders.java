package dev.pounce.launcher;

import dev.pounce.config.DefaultHostConfig;
import dev.pounce.config.ServerConfig;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where the web applications of a host lie.
 *
 * @param host what the configuration calls it
 * @param path of the settings: empty for the server's own, else it ends with a dot
 */
record HostFolders(String host, String path, Path webapps, Path webappsJavax) {

    /** Those of all hosts, the server's own first. */
    static List<HostFolders> of(ServerConfig config) {
        List<HostFolders> all = new ArrayList<>();
        all.add(new HostFolders(DefaultHostConfig.ID, "", config.webapps(), config.webappsJavax()));
        config.hosts()
                .forEach(
                        (id, host) ->
                                all.add(
                                        new HostFolders(
                                                id,
                                                "hosts." + id + ".",
                                                host.webapps(),
                                                host.webappsJavax())));
        return all;
    }

    /** What is wrong with the folders that a configuration names, with where it names them. */
    static List<String> problems(Configuration configuration) {
        List<String> problems = new ArrayList<>();
        Map<Path, String> seen = new LinkedHashMap<>();
        for (HostFolders each : of(configuration.server())) {
            String setting = each.path() + "webapps";
            if (!Files.isDirectory(each.webapps())) {
                problems.add(
                        configuration.origin(setting)
                                + ": "
                                + setting
                                + ": "
                                + each.webapps()
                                + " is no directory");
                continue;
            }
            for (Path folder : List.of(each.webapps(), each.webappsJavax())) {
                String name = folder.equals(each.webapps()) ? setting : setting + "_javax";
                claim(configuration, seen, name, folder, problems);
            }
        }
        return problems;
    }

    /** Two paths may lead to the same folder, or one into another. */
    private static void claim(
            Configuration configuration,
            Map<Path, String> seen,
            String setting,
            Path folder,
            List<String> problems) {
        if (!Files.isDirectory(folder)) {
            return;
        }
        Path real;
        try {
            real = folder.toRealPath();
        } catch (IOException e) {
            problems.add(configuration.origin(setting) + ": " + setting + ": cannot be read: " + e);
            return;
        }
        seen.forEach(
                (other, by) -> {
                    if (real.startsWith(other) || other.startsWith(real)) {
                        problems.add(
                                configuration.origin(setting)
                                        + ": "
                                        + setting
                                        + ": "
                                        + folder
                                        + (real.equals(other)
                                                ? " is the same folder as that of "
                                                : " and another one lie in each other: that of ")
                                        + by);
                    }
                });
        seen.put(real, setting);
    }
}

package dev.pounce.config;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Whether the virtual hosts of a configuration fit together. */
final class HostChecks {
    private static final String PATH = "hosts";

    private HostChecks() {}

    /**
     * Checks what the hosts are called, that each has a name, and that no two of them have the same
     * name or directory.
     *
     * @throws ConfigException for the first that is not right
     */
    static void check(
            Map<String, VirtualHostConfig> hosts,
            DefaultHostConfig own,
            Path webapps,
            Path webappsJavax) {
        Map<String, String> names = new HashMap<>();
        own.names().forEach(name -> claim(names, name, "default_host.names", "the name"));
        Map<Path, String> folders = new HashMap<>();
        claim(folders, absolute(webapps), "webapps", "the directory");
        claim(folders, absolute(webappsJavax), "webapps_javax", "the directory");
        hosts.forEach(
                (id, host) -> {
                    VirtualHostConfig.checkId(id);
                    String path = PATH + "." + id;
                    if (host.names().isEmpty()) {
                        throw new ConfigException(path + ".names", "has to have at least one name");
                    }
                    host.names().forEach(name -> claim(names, name, path + ".names", "the name"));
                    String what = "the directory";
                    claim(folders, absolute(host.webapps()), path + ".webapps", what);
                    claim(folders, absolute(host.webappsJavax()), path + ".webapps_javax", what);
                });
    }

    private static <T> void claim(Map<T, String> claimed, T what, String by, String kind) {
        String first = claimed.putIfAbsent(what, by);
        if (first != null) {
            throw new ConfigException(by, kind + " " + what + " is also that of " + first);
        }
    }

    private static Path absolute(Path path) {
        return path.toAbsolutePath().normalize();
    }
}

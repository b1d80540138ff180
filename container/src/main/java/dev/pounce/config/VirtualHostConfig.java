package dev.pounce.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A virtual host: web applications of their own for some of the names that requests ask for. What
 * it is called is not among its settings, but what they are put under.
 */
public record VirtualHostConfig(
        @Setting(
                        value =
                                "Names that requests ask for, in any case and without a port;"
                                    + " `*.example.com` stands for any one label in front."
                                    + " Internationalised names may be written as they are read. An"
                                    + " address of IPv6 is in brackets.",
                        restart = true)
                List<String> names,
        @Setting(
                        value =
                                "Directory of its web applications. The default, `hosts/ID/webapps`"
                                        + " with what the host is called, starts at `POUNCE_BASE`.",
                        restart = true)
                Path webapps,
        @Setting(
                        value =
                                "Directory of its web applications that were written for the"
                                        + " `javax.servlet` API, if there is such a directory; by"
                                        + " default `hosts/ID/webapps-javax`.",
                        restart = true)
                Path webappsJavax,
        @Setting(
                        value = "`auto_deploy` of this host; `inherit` is what the server's is.",
                        restart = true)
                AutoDeploy autoDeploy,
        @Setting(
                        value = "`redeploy` of this host; `inherit` is what the server's is.",
                        restart = true)
                Redeploy redeploy) {

    private static final Schema<VirtualHostConfig> SCHEMA = new Schema<>(VirtualHostConfig.class);

    /** It is a folder's name, too, and a part of a setting's path. */
    private static final Pattern ID = Pattern.compile("[a-z0-9]([a-z0-9_-]{0,61}[a-z0-9])?");

    /** Whether a host's directory is looked at. */
    public enum AutoDeploy {
        /** As the server's. */
        INHERIT,
        /** It is. */
        ON,
        /** It is not. */
        OFF
    }

    /** How a host's applications are replaced. */
    public enum Redeploy {
        /** As the server's. */
        INHERIT,
        /** The new one starts beside the old one. */
        SWAP,
        /** The old one ends before the new one starts. */
        RESTART
    }

    /**
     * Checks the settings, and writes the names as they are compared.
     *
     * @throws ConfigException for the first that is not right
     */
    public VirtualHostConfig {
        SCHEMA.check(VirtualHostConfig.class, names, webapps, webappsJavax, autoDeploy, redeploy);
        names = names("names", names);
    }

    /** Writes names as they are compared. */
    static List<String> names(String path, List<String> written) {
        List<String> names = new ArrayList<>();
        for (String name : written) {
            try {
                names.add(HostName.of(name));
            } catch (IllegalArgumentException e) {
                throw new ConfigException(path, '"' + name + "\": " + e.getMessage());
            }
        }
        return List.copyOf(names);
    }

    /** The settings that there are. */
    public static Schema<VirtualHostConfig> schema() {
        return SCHEMA;
    }

    /**
     * Checks what a host is called.
     *
     * @throws ConfigException when it cannot be called so
     */
    static void checkId(String id) {
        if (id.equals(DefaultHostConfig.ID) || !ID.matcher(id).matches()) {
            throw new ConfigException(
                    "hosts",
                    '"'
                            + id
                            + "\" cannot be what a host is called: that has lower case letters,"
                            + " digits, - and _ within, and is not default; the names that requests"
                            + " ask for are in its names");
        }
    }

    /**
     * The settings of a host for which nothing was set, not even a name.
     *
     * @throws ConfigException when it cannot be called so
     */
    public static VirtualHostConfig defaults(String id) {
        checkId(id);
        return new VirtualHostConfig(
                List.of(),
                Path.of("hosts", id, "webapps"),
                Path.of("hosts", id, "webapps-javax"),
                AutoDeploy.INHERIT,
                Redeploy.INHERIT);
    }

    /** The configuration of a server that has only this host. */
    ServerConfig over(ServerConfig server) {
        Map<String, Object> values = new HashMap<>();
        values.put("hosts", Map.of());
        values.put("webapps", webapps);
        values.put("webapps_javax", webappsJavax);
        if (autoDeploy != AutoDeploy.INHERIT) {
            values.put("auto_deploy", autoDeploy == AutoDeploy.ON);
        }
        if (redeploy != Redeploy.INHERIT) {
            values.put("redeploy", ServerConfig.Redeploy.valueOf(redeploy.name()));
        }
        return ServerConfig.schema().with(server, values);
    }

    @Override
    public String toString() {
        return String.join(", ", names)
                + " in "
                + webapps
                + (autoDeploy == AutoDeploy.INHERIT
                        ? ""
                        : ", auto_deploy " + autoDeploy.name().toLowerCase(Locale.ROOT))
                + (redeploy == Redeploy.INHERIT
                        ? ""
                        : ", redeploy " + redeploy.name().toLowerCase(Locale.ROOT));
    }
}

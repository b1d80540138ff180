package dev.pounce.config;

import java.util.List;

/**
 * The host whose applications lie in the server's own {@code webapps}.
 *
 * @param names its names
 * @param refuseUnknown whether it answers for these only
 */
public record DefaultHostConfig(
        @Setting(
                        value =
                                "Names of the server itself, as those of `hosts` are written. They"
                                        + " matter only where `refuse_unknown` is on.",
                        restart = true)
                List<String> names,
        @Setting(
                        value =
                                "Whether a request for a name that neither the server nor one of"
                                    + " its `hosts` has, or for none at all, is refused with 421,"
                                    + " instead of being answered by the applications in `webapps`."
                                    + " The paths of `health` are answered for any name.",
                        restart = true)
                boolean refuseUnknown) {

    /** What the configuration calls it; no other host can be called so. */
    public static final String ID = "default";

    /**
     * Writes the names as they are compared.
     *
     * @throws ConfigException when one is none
     */
    public DefaultHostConfig {
        ServerConfig.schema().check(DefaultHostConfig.class, names, refuseUnknown);
        names = VirtualHostConfig.names("default_host.names", names);
    }
}

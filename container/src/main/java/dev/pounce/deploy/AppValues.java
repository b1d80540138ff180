package dev.pounce.deploy;

import dev.pounce.config.AppConfig;
import dev.pounce.config.ConfigException;
import dev.pounce.config.ServerConfig;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the files of one application set. Immutable.
 *
 * @param values by path
 * @param origins where each was set, by path: {@code conf/webapps/shop.yaml:3:3}
 * @param ofOperator the paths of those that the operator has set
 * @param problems what is wrong with the files, a line for each
 */
public record AppValues(
        Map<String, Object> values,
        Map<String, String> origins,
        Set<String> ofOperator,
        List<String> problems) {

    /** Nothing is set. */
    static final AppValues NONE = new AppValues(Map.of(), Map.of(), Set.of(), List.of());

    /** Copies. */
    public AppValues {
        values = Map.copyOf(values);
        origins = Map.copyOf(origins);
        ofOperator = Set.copyOf(ofOperator);
        problems = List.copyOf(problems);
    }

    /**
     * The settings of the application on a server.
     *
     * @throws DeploymentException when the files have problems, or values do not fit to each other
     *     or to the server's
     */
    public AppConfig over(ServerConfig server) throws DeploymentException {
        if (!problems.isEmpty()) {
            throw new DeploymentException(String.join("\n", problems));
        }
        try {
            return AppConfig.of(server, values);
        } catch (ConfigException e) {
            throw refused(e);
        }
    }

    /** Says where the setting was set that is wrong. */
    DeploymentException refused(ConfigException e) {
        String origin = origins.get(e.path());
        String where = origin == null ? "" : origin + ": ";
        return new DeploymentException(where + e.getMessage(), e);
    }

    /** Says where a setting was set that is wrong. */
    DeploymentException refused(String path, String problem) {
        return refused(new ConfigException(path, problem));
    }
}

package dev.pounce.launcher;

import dev.pounce.config.ConfigException;
import dev.pounce.config.Key;
import dev.pounce.config.Reload;
import dev.pounce.config.Schema;
import dev.pounce.config.ServerConfig;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the configuration again from the sources that the server was started with, and puts it in
 * force as far as that goes while it runs. Whatever is wrong with it is logged, and the
 * configuration before stays. Used by one thread.
 */
final class Reloader {
    private static final Logger LOG = LoggerFactory.getLogger(Reloader.class);

    private final ConfigOptions options;
    private final Environment environment;
    private final ServerHandle server;
    private ServerConfig inForce;

    /**
     * @param options the flags of the start
     * @param inForce what the server was started with
     */
    Reloader(
            ConfigOptions options,
            Environment environment,
            ServerHandle server,
            ServerConfig inForce) {
        this.options = options;
        this.environment = environment;
        this.server = server;
        this.inForce = inForce;
    }

    /** Reloads; never throws, for the server goes on in any case. */
    void reload() {
        try {
            reload(options.load(environment));
        } catch (InvalidConfiguration e) {
            e.problems().forEach(problem -> LOG.error("reload: {}", problem));
            LOG.error("reload: nothing was changed, the configuration before stays in force");
        } catch (RuntimeException e) {
            LOG.error("reload: failed by a mistake of the server itself", e);
        }
    }

    private void reload(Configuration wanted) throws InvalidConfiguration {
        wanted.warnings().forEach(warning -> LOG.warn("reload: {}", warning));
        Reload reload;
        try {
            reload = server.reload(wanted.server());
        } catch (ConfigException e) {
            throw wanted.invalid(e);
        }
        for (Key key : reload.swapped()) {
            LOG.info("reload: {}", change(key, wanted));
        }
        for (Key key : reload.waiting()) {
            LOG.warn("reload: {} waits for a restart", change(key, wanted));
        }
        if (reload.isEmpty()) {
            LOG.info("reload: no setting has changed");
        }
        inForce = reload.config();
    }

    private String change(Key key, Configuration wanted) {
        return key.path()
                + ": "
                + text(key, inForce)
                + " -> "
                + text(key, wanted.server())
                + " ("
                + wanted.origin(key.path())
                + ")";
    }

    private static String text(Key key, ServerConfig config) {
        if (key.isSecret()) {
            return "(a secret)";
        }
        Schema<ServerConfig> schema = ServerConfig.schema();
        return key.type().format(schema.value(config, key));
    }
}

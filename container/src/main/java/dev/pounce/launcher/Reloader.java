package dev.pounce.launcher;

import dev.pounce.config.ConfigException;
import dev.pounce.config.Key;
import dev.pounce.config.Reload;
import dev.pounce.config.Schema;
import dev.pounce.config.ServerConfig;
import dev.pounce.control.Answer;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads the configuration again from the sources that the server was started with, and puts it in
 * force as far as that goes while it runs. Whatever is wrong with it is logged, and the
 * configuration before stays. Thread-safe: one reload at a time.
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

    /** What is in force. */
    synchronized ServerConfig inForce() {
        return inForce;
    }

    /**
     * Reloads; never throws, for the server goes on in any case.
     *
     * @return what was logged
     */
    synchronized Answer reload() {
        List<String> said = new ArrayList<>();
        try {
            reload(options.load(environment), said);
            return Answer.done(text(said));
        } catch (InvalidConfiguration e) {
            said.addAll(e.problems());
            said.add("nothing was changed, the configuration before stays in force");
            said.forEach(line -> LOG.error("reload: {}", line));
            return Answer.failed(text(said));
        } catch (RuntimeException e) {
            LOG.error("reload: failed by a mistake of the server itself", e);
            return Answer.failed("failed by a mistake of the server itself, see its log\n");
        }
    }

    private static String text(List<String> lines) {
        return String.join("\n", lines) + "\n";
    }

    private static void warn(List<String> said, String line) {
        LOG.warn("reload: {}", line);
        said.add(line);
    }

    private static void inform(List<String> said, String line) {
        LOG.info("reload: {}", line);
        said.add(line);
    }

    private void reload(Configuration wanted, List<String> said) throws InvalidConfiguration {
        wanted.warnings().forEach(warning -> warn(said, warning));
        Reload reload;
        try {
            reload = server.reload(wanted.server());
        } catch (ConfigException e) {
            throw wanted.invalid(e);
        }
        for (Key key : reload.swapped()) {
            inform(said, change(key, wanted));
        }
        for (Key key : reload.waiting()) {
            warn(said, change(key, wanted) + " waits for a restart");
        }
        if (reload.isEmpty()) {
            inform(said, "no setting has changed");
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

package dev.pounce.launcher;

import dev.pounce.config.Reload;
import dev.pounce.config.ServerConfig;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** What the launcher needs of a server. Used by one thread. */
interface ServerHandle {

    /** Builds servers. */
    interface Factory {
        /**
         * Builds a server that does nothing yet.
         *
         * @throws dev.pounce.config.ConfigException when the configuration cannot work on this
         *     machine
         */
        ServerHandle create(ServerConfig config);
    }

    /**
     * Deploys every application in a directory; returns once they run.
     *
     * @throws Exception when one cannot be deployed, saying which and why
     */
    void deployAll(Path webapps) throws Exception;

    /**
     * Listens and serves.
     *
     * @throws java.net.BindException when the port is taken
     * @throws IOException when it cannot listen for another reason
     */
    void start() throws IOException;

    /** The URL of a started server. */
    String url();

    /** The context paths of the deployed applications, empty for the root. */
    List<String> apps();

    /** Opens the files of logs anew, which somebody has moved. Any thread. */
    void reopenLogs();

    /**
     * Puts another configuration in force as far as that goes while it runs.
     *
     * @throws dev.pounce.config.ConfigException when it cannot; nothing has changed then
     */
    Reload reload(ServerConfig config);

    /**
     * Drains and stops; returns when all has ended, at most {@code timeouts.shutdown} and a little
     * later. Also undoes a {@link #deployAll} that no {@link #start} followed.
     */
    void stop();
}

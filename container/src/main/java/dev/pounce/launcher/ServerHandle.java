package dev.pounce.launcher;

import dev.pounce.config.Reload;
import dev.pounce.config.ServerConfig;
import dev.pounce.deploy.AppFile;
import dev.pounce.deploy.AppName;
import dev.pounce.deploy.AppStatus;
import dev.pounce.deploy.DeploymentException;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What the launcher needs of a server. Started and stopped by one thread; any thread may do the
 * rest.
 */
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
     * Deploys every application in a directory to a host; returns once they run, or it is logged
     * why one does not. From then on the directory is watched, where the configuration says so.
     *
     * @param host what the configuration calls it
     * @throws Exception when the directory cannot be read
     */
    void deployAll(String host, Path webapps) throws Exception;

    /**
     * Listens and serves.
     *
     * @throws java.net.BindException when the port is taken
     * @throws IOException when it cannot listen for another reason
     */
    void start() throws IOException;

    /** The URL of a started server. */
    String url();

    /** The context paths of the default host's applications, empty for the root. */
    List<String> apps();

    /** How every application is. */
    List<AppStatus> status();

    /**
     * Deploys an application, in the place of one by that name if there is one; returns once it
     * runs.
     *
     * @throws DeploymentException why it does not run
     * @throws IllegalArgumentException when there is no such host
     */
    void replace(String host, Path folderOrWar, AppName name) throws DeploymentException;

    /**
     * Deploys an application where its settings want it, or else where the name of its file says,
     * in the place of what came from there before; returns once it runs.
     *
     * @return where it is
     * @throws DeploymentException why it does not run
     */
    AppName replace(String host, AppFile file) throws DeploymentException;

    /**
     * Undeploys an application; returns when its last request has ended.
     *
     * @return false when nothing is deployed by that name
     * @throws IllegalArgumentException when there is no such host
     */
    boolean undeploy(String host, AppName name);

    /**
     * Deploys an application again from where it came from.
     *
     * @throws DeploymentException why the new one does not run, or that there is none by that name
     * @throws IllegalArgumentException when there is no such host
     */
    void redeploy(String host, AppName name) throws DeploymentException;

    /** Whether every worker ends a turn within the time given. */
    boolean isResponsive(Duration within) throws InterruptedException;

    /** Opens the files of logs anew, which somebody has moved. */
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

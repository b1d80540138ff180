package dev.pounce.deploy;

import dev.pounce.config.ServerConfig;
import dev.pounce.route.Route;

import java.util.List;

/** A webapp that runs. */
public interface RunningWebApp extends AutoCloseable {

    /** Its routes, relative to its context path. */
    List<Route> routes();

    /**
     * Prepares for another configuration; changes nothing yet.
     *
     * @return puts it in force for requests that begin from then on; never throws
     * @throws dev.pounce.config.ConfigException when the webapp cannot run with it
     */
    Runnable reload(ServerConfig config);

    /** Stops it, after its last request has ended. Never throws: what goes wrong is logged. */
    @Override
    void close();
}

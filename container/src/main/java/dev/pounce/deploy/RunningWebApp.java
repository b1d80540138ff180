package dev.pounce.deploy;

import dev.pounce.route.Route;

import java.util.List;

/** A webapp that runs. */
public interface RunningWebApp extends AutoCloseable {

    /** Its routes, relative to its context path. */
    List<Route> routes();

    /** Stops it, after its last request has ended. Never throws: what goes wrong is logged. */
    @Override
    void close();
}

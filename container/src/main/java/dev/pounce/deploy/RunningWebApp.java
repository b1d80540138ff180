package dev.pounce.deploy;

import dev.pounce.config.AppConfig;
import dev.pounce.exchange.Exchange;
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
    Runnable reload(AppConfig config);

    /** How many HTTP sessions it has. Any thread. */
    default long sessions() {
        return 0;
    }

    /** Whether the client brings the id of a session that this webapp has. Any thread. */
    default boolean hasSession(Exchange exchange) {
        return false;
    }

    /**
     * Calls back whenever the last session has ended, from now on; at once when there is none. The
     * callback does not wait.
     */
    default void whenWithoutSessions(Runnable callback) {
        callback.run();
    }

    /** Begins to hand the sessions over to a successor. */
    default DepartingSessions departing() {
        return DepartingSessions.NONE;
    }

    /**
     * Takes the sessions over that another webapp hands over: one by one when a client brings the
     * id. Before the first request.
     */
    default void receive(DepartingSessions from) {}

    /** Takes over what is left of them, after {@link DepartingSessions#detach}. Never throws. */
    default void receiveRest(DepartingSessions from) {}

    /**
     * Answers the requests that wait for something and hold no thread, since their time is over;
     * what was answered in part is cut off. Never throws.
     */
    default void endWaiting() {}

    /** Stops it, after its last request has ended. Never throws: what goes wrong is logged. */
    @Override
    void close();
}

package dev.pounce.servlet.dispatch;

import dev.pounce.deploy.WithLoader;
import dev.pounce.exchange.Exchange;
import dev.pounce.servlet.http.BridgeSessionExchange;
import dev.pounce.servlet.http.RequestCookies;
import dev.pounce.servlet.session.RequestSession;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/**
 * The applications that one request is in, or has been in: the one that its client asked, and those
 * that were dispatched to. Those are kept from being closed until the request ends.
 */
final class Visits {
    private final Exchange exchange;
    private final RequestCookies cookies;
    private final Visit own;
    private Visit current;
    private @Nullable List<Visit> others;
    private boolean ended;

    /**
     * @param asked the application that the client asked
     */
    Visits(Exchange exchange, RequestCookies cookies, RequestScopes asked) {
        this.exchange = exchange;
        this.cookies = cookies;
        own = visit(asked, null);
        current = own;
    }

    private Visit visit(RequestScopes application, @Nullable RequestSession first) {
        RequestSession session =
                new RequestSession(
                        application.sessions(),
                        new BridgeSessionExchange(exchange, cookies, application.clock()),
                        first);
        session.begin();
        return new Visit(this, application, session);
    }

    /** That of the application which the client asked. */
    Visit own() {
        return own;
    }

    /** That of the application whose code is running, or ran last. */
    Visit current() {
        return current;
    }

    void current(Visit next) {
        current = next;
    }

    /**
     * That of an application which is dispatched to.
     *
     * @throws IllegalStateException when it is being taken away, or the request has ended
     */
    synchronized Visit of(RequestScopes application) {
        if (application == own.application()) {
            return own;
        }
        List<Visit> known = others;
        if (known == null) {
            known = new ArrayList<>(1);
            others = known;
        }
        for (Visit each : known) {
            if (each.application() == application) {
                return each;
            }
        }
        if (ended) {
            throw new IllegalStateException("a dispatch after the end of the request");
        }
        if (!application.inFlight().enter()) {
            throw new IllegalStateException(
                    "the application "
                            + application.context().getContextPath()
                            + " is being undeployed");
        }
        try {
            Visit added = visit(application, own.session());
            known.add(added);
            return added;
        } catch (RuntimeException | Error e) {
            application.inFlight().leave();
            throw e;
        }
    }

    private synchronized List<Visit> others() {
        List<Visit> known = others;
        return known == null ? List.of() : List.copyOf(known);
    }

    /** The response has lost its fields; sessions that were made need their cookies. */
    void restoreCookies() {
        own.session().restoreCookie();
        others().forEach(each -> each.session().restoreCookie());
    }

    /** All applications lose sight of the request, the first one last. */
    void tellDestroyed() {
        for (Visit each : others()) {
            WithLoader.run(each.context().getClassLoader(), each::tellDestroyed);
        }
        own.tellDestroyed();
    }

    /** The applications that the request is in. */
    List<RequestScopes> applications() {
        List<RequestScopes> all = new ArrayList<>();
        all.add(own.application());
        others().forEach(each -> all.add(each.application()));
        return all;
    }

    /** The request has ended; once. */
    void end() {
        synchronized (this) {
            ended = true;
        }
        own.session().end();
        for (Visit each : others()) {
            each.session().end();
            each.application().inFlight().leave();
        }
    }
}

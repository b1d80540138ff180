package dev.pounce.watch;

import dev.pounce.deploy.AppName;
import dev.pounce.deploy.AppState;
import dev.pounce.deploy.AppStatus;
import dev.pounce.deploy.DeploymentException;
import dev.pounce.deploy.WebAppDeployer;
import dev.pounce.develop.Development;
import dev.pounce.develop.ErrorPage;
import dev.pounce.develop.Sources;
import dev.pounce.exchange.ClientGoneException;
import dev.pounce.exchange.ErrorResponse;
import dev.pounce.exchange.Exchange;
import dev.pounce.exchange.ExchangeSettings;
import dev.pounce.exchange.Response;
import dev.pounce.io.LeadLostException;
import dev.pounce.protocol.ProtocolException;
import dev.pounce.route.Handler;
import dev.pounce.route.RequestQueue;
import dev.pounce.route.RouteTable;
import dev.pounce.route.VirtualHosts;
import dev.pounce.server.HandlerLookup;
import dev.pounce.server.HttpServer;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executor;

/**
 * Finds handlers of one host for developers: a request to an application that has changed deploys
 * it anew first, one to an application that did not start says why, and what a handler throws is a
 * page. Clients that are no developers have what the routes say. Thread-safe.
 */
public final class DevelopmentLookup implements HandlerLookup {
    private static final Logger LOG = LoggerFactory.getLogger(DevelopmentLookup.class);

    private final WebAppDeployer deployer;
    private final HttpServer server;
    private final Development development;
    private final AppChanges changes;
    private final Map<AppName, DeploymentException> failures = new HashMap<>(); // guarded by itself

    /**
     * @param development who is a developer
     */
    public DevelopmentLookup(WebAppDeployer deployer, HttpServer server, Development development) {
        this.deployer = deployer;
        this.server = server;
        this.development = development;
        this.changes = new AppChanges(deployer::settingsOf);
    }

    @Override
    public Handler find(Exchange exchange, VirtualHosts.VirtualHost host) throws ProtocolException {
        RouteTable routes = host.routes();
        if (!development.isShownTo(exchange)) {
            return routes.match(exchange);
        }
        AppStatus app = appOf(exchange.path());
        if (app != null && changes.isChanged(app)) {
            return new Fresh(app);
        }
        return find(exchange, routes, app);
    }

    private Handler find(Exchange exchange, RouteTable routes, @Nullable AppStatus app)
            throws ProtocolException {
        if (app != null && app.state() == AppState.FAILED) {
            return new Reason(app);
        }
        return new Shown(routes.match(exchange), app);
    }

    /**
     * The application that a path belongs to: of several, what did not start comes first, for that
     * is what its developer waits for, then the newest.
     */
    private @Nullable AppStatus appOf(String path) {
        return deployer.status().stream()
                .filter(app -> contains(app.name().contextPath(), path))
                .filter(app -> app.state() == AppState.FAILED || app.state() == AppState.RUNNING)
                .max(
                        Comparator.comparingInt(
                                        (AppStatus app) -> app.name().contextPath().length())
                                .thenComparing(app -> app.state() == AppState.FAILED)
                                .thenComparing(app -> app.name().version()))
                .orElse(null);
    }

    private static boolean contains(String contextPath, String path) {
        return path.startsWith(contextPath)
                && (path.length() == contextPath.length()
                        || path.charAt(contextPath.length()) == '/');
    }

    /** Whether a request has had an application deployed with what it looks like. */
    boolean isStartedWith(AppName name, Fingerprint now) {
        return changes.isStartedWith(name, now);
    }

    /** Deploys an application anew, unless another request has done it just now. */
    private synchronized void refresh(AppName name, String path) throws IOException {
        AppStatus app = appOf(path);
        if (app == null || !app.name().equals(name) || !changes.isChanged(app)) {
            return;
        }
        LOG.info("{} has changed", app.origin());
        // what changes from now on is for another request
        Fingerprint with = changes.look(app);
        DeploymentException failure = null;
        try {
            deployer.redeploy(name);
        } catch (DeploymentException e) {
            failure = e;
        }
        synchronized (failures) {
            if (failure == null) {
                failures.remove(name);
            } else {
                failures.put(name, failure);
            }
        }
        AppStatus now = appOf(path);
        if (now != null) {
            changes.started(now, with);
        }
    }

    private Sources sources(@Nullable AppStatus app) {
        return app == null ? Sources.NONE : Sources.of(app.origin(), development.sources());
    }

    private static void answer(Exchange exchange, int status, String code, String page)
            throws IOException {
        Response response = exchange.response();
        response.reset();
        response.status(status);
        response.fields().set(ErrorResponse.CODE_FIELD, code);
        response.fields().set("Content-Type", "text/html; charset=utf-8");
        response.fields().set("Content-Security-Policy", ErrorPage.CONTENT_SECURITY_POLICY);
        response.fields().set("Cache-Control", "no-store");
        response.finish(page.getBytes(StandardCharsets.UTF_8));
    }

    /** A handler whose failures are shown. */
    private class Shown implements Handler {
        private final Handler handler;
        private final @Nullable AppStatus app;

        Shown(Handler handler, @Nullable AppStatus app) {
            this.handler = handler;
            this.app = app;
        }

        @Override
        public void handle(Exchange exchange) throws Exception {
            // else a browser takes files that have not changed for long from its cache
            exchange.response().fields().set("Cache-Control", "no-cache");
            try {
                handler.handle(exchange);
            } catch (ClientGoneException | ProtocolException | LeadLostException e) {
                throw e;
            } catch (Exception | LinkageError | StackOverflowError | AssertionError e) {
                if (exchange.response().isCommitted() || isClients(e)) {
                    throw e;
                }
                LOG.error(
                        "POUNCE_APP_EXCEPTION: {} {} failed",
                        exchange.request().method(),
                        exchange.request().rawPath(),
                        e);
                String page = ErrorPage.of("500 " + e, e, exchange.request(), sources(app));
                answer(exchange, 500, "POUNCE_APP_EXCEPTION", page);
            }
        }

        private static boolean isClients(Throwable e) {
            return e instanceof UncheckedIOException wrapper
                    && (wrapper.getCause() instanceof ClientGoneException
                            || wrapper.getCause() instanceof ProtocolException);
        }

        @Override
        public void acquire() {
            handler.acquire();
        }

        @Override
        public void release() {
            handler.release();
        }

        @Override
        public @Nullable RequestQueue queue() {
            return handler.queue();
        }

        @Override
        public @Nullable ExchangeSettings settings() {
            return handler.settings();
        }

        @Override
        public @Nullable Executor executor() {
            return handler.executor();
        }

        @Override
        public Execution execution(String method) {
            return handler.execution(method);
        }
    }

    /** Says why an application did not start. */
    private final class Reason implements Handler {
        private final AppStatus app;

        Reason(AppStatus app) {
            this.app = app;
        }

        @Override
        public void handle(Exchange exchange) throws IOException {
            DeploymentException failure;
            synchronized (failures) {
                failure = failures.get(app.name());
            }
            Throwable why =
                    failure != null
                            ? failure
                            : new DeploymentException(String.valueOf(app.reason()));
            String title = "503 " + app.name() + " is not deployed";
            String page = ErrorPage.of(title, why, null, sources(app));
            answer(exchange, 503, "POUNCE_APP_NOT_STARTED", page);
        }
    }

    /**
     * Deploys an application anew and answers with what is there then. One for each request, for it
     * holds on to the handler until that has ended. Between a look-up of the new handler and that,
     * another change may close the application again, which the next request makes good.
     */
    private final class Fresh implements Handler {
        private final AppName name;
        private @Nullable Handler found;

        Fresh(AppStatus app) {
            this.name = app.name();
        }

        @Override
        public void handle(Exchange exchange) throws Exception {
            String path = exchange.path();
            refresh(name, path);
            RouteTable routes = server.hosts().routes(deployer.hostId());
            Handler next = find(exchange, routes, appOf(path));
            next.acquire();
            found = next;
            exchange.settings(next.settings());
            next.handle(exchange);
        }

        @Override
        public void release() {
            Handler handler = found;
            if (handler != null) {
                handler.release();
            }
        }
    }
}

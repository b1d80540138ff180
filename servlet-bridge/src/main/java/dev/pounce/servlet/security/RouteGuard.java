package dev.pounce.servlet.security;

import dev.pounce.route.PathPattern;
import dev.pounce.servlet.http.BridgeRequest;
import dev.pounce.servlet.http.BridgeResponse;

import jakarta.servlet.ServletException;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.function.IntSupplier;

/**
 * Stands before a route and asks what the constraints ask that concern it; which these are is
 * decided when it is made (Servlet specification, section 13.8.3). Immutable.
 */
public final class RouteGuard {
    private static final int TEMPORARY_REDIRECT = 307;
    private static final int HTTPS = 443;

    private final PatternTable table;
    private final IntSupplier httpsPort;

    /** Those of all requests, where the route has one path only. */
    private final @Nullable PatternDemands fixed;

    private final boolean decided;

    RouteGuard(PatternTable table, PathPattern route, IntSupplier httpsPort) {
        this.table = table;
        this.httpsPort = httpsPort;
        String path =
                switch (route) {
                    case PathPattern.Exact exact -> exact.path();
                    case PathPattern.ContextRoot ignored -> "/";
                    default -> null;
                };
        decided = path != null || table.isEmpty();
        fixed = path == null ? null : table.match(path);
    }

    /**
     * Lets a request through or answers it.
     *
     * @param path decoded, normalised and relative to the context path
     * @return whether it may go on
     */
    public boolean admits(
            String path, BridgeRequest request, BridgeResponse response, RequestSecurity security)
            throws IOException, ServletException {
        if (security.isTaken(path, response)) {
            return false;
        }
        PatternDemands demands = decided ? fixed : table.match(path);
        return demands == null
                || admits(demands.of(request.getMethod()), request, response, security);
    }

    private boolean admits(
            Demand demand, BridgeRequest request, BridgeResponse response, RequestSecurity security)
            throws IOException, ServletException {
        if (demand.confidential() && !request.isSecure()) {
            sendToTls(request, response);
            return false;
        }
        switch (demand.who()) {
            case EVERYBODY -> {
                return true;
            }
            case NOBODY -> response.sendError(403);
            case USERS, ROLES -> {
                User user = security.known();
                if (user == null) {
                    security.challenge(response);
                } else if (demand.admits(user)) {
                    // A cache that others use too must not keep it; the application may say more.
                    response.setHeader("Cache-Control", "private");
                    return true;
                } else {
                    response.sendError(403);
                }
            }
        }
        return false;
    }

    private void sendToTls(BridgeRequest request, BridgeResponse response) throws IOException {
        int port = httpsPort.getAsInt();
        if (port == 0) {
            response.sendError(403, "This is only answered over TLS.");
            return;
        }
        String query = request.getQueryString();
        String method = request.getMethod();
        boolean safe = method.equals("GET") || method.equals("HEAD");
        response.sendRedirect(
                "https://"
                        + request.getServerName()
                        + (port == HTTPS ? "" : ":" + port)
                        + request.getRequestURI()
                        + (query == null ? "" : "?" + query),
                safe ? 302 : TEMPORARY_REDIRECT);
    }
}

package dev.pounce.servlet.security;

import dev.pounce.route.PathPattern;
import dev.pounce.servlet.model.LoginConfig;

import org.jspecify.annotations.Nullable;

import java.time.InstantSource;
import java.util.List;
import java.util.function.IntSupplier;

/**
 * What an application demands of requests, and how it lets users prove who they are. What cannot be
 * proved is refused, never let through. Immutable.
 */
public final class SecurityPolicy {
    private static final String REALM = "Pounce";

    /**
     * Settings that may change while the application runs.
     *
     * @param httpsPort where clients are sent that need TLS, 0 when there is no such place
     * @param maxSavedContent bytes of content that are kept while a user logs in with a form
     */
    public record Settings(IntSupplier httpsPort, IntSupplier maxSavedContent) {}

    private final Constraints constraints;
    private final Roles roles;
    private final Users users;
    private final Settings settings;
    private final Authenticator authenticator;

    /**
     * @param login how users prove who they are, or null
     * @param users who is known
     * @param clock the time of nonces
     */
    public SecurityPolicy(
            Constraints constraints,
            @Nullable LoginConfig login,
            Roles roles,
            Users users,
            Settings settings,
            InstantSource clock) {
        this.constraints = constraints;
        this.roles = roles;
        this.users = users;
        this.settings = settings;
        authenticator = login == null ? new NoAuthenticator() : authenticator(login, clock);
    }

    /** The realm that clients are told. */
    public static String realm(LoginConfig login) {
        String named = login.realm();
        return named == null || named.isEmpty() ? REALM : named;
    }

    private Authenticator authenticator(LoginConfig login, InstantSource clock) {
        String realm = realm(login);
        return switch (login.method()) {
            case NONE -> new NoAuthenticator();
            case BASIC -> new BasicAuthenticator(users, realm);
            case DIGEST -> new DigestAuthenticator(users, realm, clock);
            case FORM -> new FormAuthenticator(users, login, settings.maxSavedContent());
            case CLIENT_CERT -> new CertificateAuthenticator(users);
        };
    }

    /** What stands before a route, or null when nothing ever has to be asked there. */
    public @Nullable RouteGuard guard(PathPattern route) {
        PatternTable table = constraints.table().within(route);
        return table.isEmpty() && !authenticator.usesSessions()
                ? null
                : new RouteGuard(table, route, settings.httpsPort());
    }

    /**
     * Whether something is demanded of requests for paths that a route answers, or their answer may
     * be a form's.
     */
    public boolean mayConcern(PathPattern route) {
        boolean open = !(route instanceof PathPattern.Exact);
        return !constraints.table().within(route).isEmpty() || open && authenticator.usesSessions();
    }

    /** The paths of pages that the application has for logging in. */
    public List<String> pages() {
        return authenticator.pages();
    }

    Authenticator authenticator() {
        return authenticator;
    }

    Roles roles() {
        return roles;
    }

    Users users() {
        return users;
    }
}

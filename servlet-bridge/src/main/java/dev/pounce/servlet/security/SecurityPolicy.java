package dev.pounce.servlet.security;

import dev.pounce.servlet.model.LoginConfig;
import dev.pounce.servlet.model.SecurityConstraint.Access;
import dev.pounce.servlet.security.Constraints.Demand;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.HashSet;
import java.util.Set;

/**
 * What an application demands of requests, and how it lets users prove who they are. What cannot be
 * proved in this build is refused, never let through. Immutable.
 */
public final class SecurityPolicy {
    private static final String BASIC = "BASIC";

    private final Constraints constraints;
    private final Set<String> declaredRoles;
    private final @Nullable Authenticator authenticator;

    /**
     * @param login how users prove who they are, or null
     * @param declaredRoles the application's roles
     * @param users who is known
     */
    public SecurityPolicy(
            Constraints constraints,
            @Nullable LoginConfig login,
            Set<String> declaredRoles,
            Users users) {
        this.constraints = constraints;
        this.declaredRoles = Set.copyOf(declaredRoles);
        String realm = login == null || login.realm() == null ? "Pounce" : login.realm();
        authenticator =
                login != null && isSupported(login) ? new Authenticator(users, realm) : null;
    }

    /** Whether users can prove who they are in that way. */
    public static boolean isSupported(LoginConfig login) {
        return login.method().equals(BASIC);
    }

    /** Whether anything is demanded of any request. */
    public boolean demandsAnything() {
        return !constraints.isEmpty();
    }

    /**
     * Lets a request through or answers it.
     *
     * @param path decoded, normalised and relative to the context path
     * @return whether it may go on
     */
    public boolean admit(String path, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        Demand demand = constraints.demand(path, request.getMethod());
        if (demand.access() == Access.NOBODY || demand.confidential() && !request.isSecure()) {
            response.sendError(403);
            return false;
        }
        if (demand.access() == Access.EVERYBODY) {
            return true;
        }
        User user = (User) request.getUserPrincipal();
        if (user == null) {
            challenge(response);
            return false;
        }
        if (!hasOneOf(user, demand.roles())) {
            response.sendError(403);
            return false;
        }
        return true;
    }

    private boolean hasOneOf(User user, Set<String> roles) {
        if (roles.contains("**")) {
            return true;
        }
        Set<String> accepted = new HashSet<>(roles);
        if (accepted.remove("*")) {
            accepted.addAll(declaredRoles);
        }
        accepted.retainAll(user.roles());
        return !accepted.isEmpty();
    }

    /** Asks for credentials, or refuses where nobody can have any. */
    void challenge(HttpServletResponse response) throws IOException {
        Authenticator known = authenticator;
        if (known == null) {
            response.sendError(403);
            return;
        }
        response.setHeader("WWW-Authenticate", known.challenge());
        response.sendError(401);
    }

    /** The user whose credentials an Authorization field has, or null. */
    @Nullable User authenticate(@Nullable String authorization) {
        Authenticator known = authenticator;
        return known == null ? null : known.authenticate(authorization);
    }

    /** The user with that name and password, or null. */
    @Nullable User find(String name, String password) {
        Authenticator known = authenticator;
        return known == null ? null : known.users().find(name, password);
    }
}

package dev.pounce.servlet.http;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletResponse;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.security.Principal;

/** Who made a request; methods mean what those of HttpServletRequest mean. */
public interface SecurityAccess {

    /** The scheme of authentication, or null. */
    @Nullable String authType();

    /** The user, or null. */
    @Nullable Principal user();

    /**
     * Whether the user has a role.
     *
     * @param servlet the name of the servlet that asks, which may have names of its own for roles
     */
    boolean isInRole(String role, String servlet);

    /** Asks the client for credentials unless the user is known. */
    boolean authenticate(HttpServletResponse response) throws IOException, ServletException;

    /** Makes the user known by name and password. */
    void login(String name, String password) throws ServletException;

    /** Forgets the user. */
    void logout() throws ServletException;
}

package dev.pounce.servlet.model;

import java.util.List;
import java.util.Set;

/**
 * Who may ask for some resources, and over what connection (Servlet specification, section 13.8).
 *
 * @param resources what it is about
 * @param access who is let in
 * @param roles the roles of {@link Access#ROLES}; {@code *} stands for all roles that are declared,
 *     {@code **} for every user
 * @param confidential whether the connection has to be protected
 */
public record SecurityConstraint(
        List<Resources> resources, Access access, Set<String> roles, boolean confidential) {

    /** Who is let in. */
    public enum Access {
        /** Everybody. */
        EVERYBODY,
        /** Users with one of the roles. */
        ROLES,
        /** Nobody. */
        NOBODY
    }

    /**
     * Paths and methods.
     *
     * @param urlPatterns the paths
     * @param methods the methods; all where it is empty
     * @param omittedMethods all methods but these; used where {@code methods} is empty
     */
    public record Resources(
            List<String> urlPatterns, Set<String> methods, Set<String> omittedMethods) {

        /** Copies. */
        public Resources {
            urlPatterns = List.copyOf(urlPatterns);
            methods = Set.copyOf(methods);
            omittedMethods = Set.copyOf(omittedMethods);
        }

        /** Whether a method is among them. */
        public boolean coversMethod(String method) {
            return methods.isEmpty() ? !omittedMethods.contains(method) : methods.contains(method);
        }
    }

    /** Copies. */
    public SecurityConstraint {
        resources = List.copyOf(resources);
        roles = Set.copyOf(roles);
    }
}

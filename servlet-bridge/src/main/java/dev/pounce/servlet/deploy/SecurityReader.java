package dev.pounce.servlet.deploy;

import dev.pounce.servlet.context.ServletEntry;
import dev.pounce.servlet.context.WebContext;
import dev.pounce.servlet.model.Descriptor;
import dev.pounce.servlet.model.LoginConfig;
import dev.pounce.servlet.model.SecurityConstraint;
import dev.pounce.servlet.model.SecurityConstraint.Access;
import dev.pounce.servlet.model.SecurityConstraint.Resources;
import dev.pounce.servlet.security.Constraints;
import dev.pounce.servlet.security.SecurityPolicy;
import dev.pounce.servlet.security.Users;

import jakarta.servlet.HttpConstraintElement;
import jakarta.servlet.HttpMethodConstraintElement;
import jakarta.servlet.ServletSecurityElement;
import jakarta.servlet.annotation.ServletSecurity;
import jakarta.servlet.annotation.ServletSecurity.EmptyRoleSemantic;
import jakarta.servlet.annotation.ServletSecurity.TransportGuarantee;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Makes the security policy of an application out of descriptors, annotations and what was set from
 * code; the descriptor counts for the patterns that it names (Servlet specification, section 13.4).
 */
final class SecurityReader {
    private static final Logger LOG = LoggerFactory.getLogger(SecurityReader.class);

    private final List<SecurityConstraint> constraints = new ArrayList<>();
    private final Set<String> described = new HashSet<>();
    private final Set<String> roles = new HashSet<>();
    private @Nullable LoginConfig login;
    private boolean uncoveredDenied;

    /** Reads all of it; to be called when nothing can be registered any more. */
    static SecurityPolicy read(
            List<Descriptor> descriptors, boolean annotations, WebContext context, Users users) {
        SecurityReader reader = new SecurityReader();
        descriptors.forEach(reader::add);
        reader.roles.addAll(context.declaredRoles());
        for (ServletEntry servlet : context.registry().servlets().values()) {
            reader.add(servlet, annotations, context.getClassLoader());
        }
        LoginConfig login = reader.login;
        if (login != null && !SecurityPolicy.isSupported(login)) {
            LOG.warn(
                    "{}: this build does not know the authentication scheme {}; what needs a user"
                            + " answers 403",
                    context.getContextPath(),
                    login.method());
        }
        return new SecurityPolicy(
                new Constraints(reader.constraints, reader.uncoveredDenied),
                login,
                reader.roles,
                users);
    }

    private void add(Descriptor descriptor) {
        constraints.addAll(descriptor.constraints());
        roles.addAll(descriptor.roles());
        uncoveredDenied |= descriptor.uncoveredDenied();
        if (login == null) {
            login = descriptor.login();
        }
        for (SecurityConstraint constraint : descriptor.constraints()) {
            for (Resources resources : constraint.resources()) {
                described.addAll(resources.urlPatterns());
            }
        }
    }

    private void add(ServletEntry servlet, boolean annotations, ClassLoader loader) {
        ServletSecurityElement element = servlet.security();
        String className = servlet.getClassName();
        if (element == null && annotations && className != null) {
            element = annotated(className, loader);
        }
        List<String> patterns = new ArrayList<>(servlet.getMappings());
        patterns.removeAll(described);
        if (element != null && !patterns.isEmpty()) {
            add(element, patterns);
        }
    }

    private static @Nullable ServletSecurityElement annotated(
            String className, ClassLoader loader) {
        try {
            ServletSecurity found =
                    Class.forName(className, false, loader).getAnnotation(ServletSecurity.class);
            return found == null ? null : new ServletSecurityElement(found);
        } catch (ClassNotFoundException | LinkageError e) {
            // Its first request says the same.
            return null;
        }
    }

    private void add(ServletSecurityElement element, List<String> patterns) {
        Collection<String> named = element.getMethodNames();
        for (HttpMethodConstraintElement each : element.getHttpMethodConstraints()) {
            constraints.add(
                    constraint(
                            each, new Resources(patterns, Set.of(each.getMethodName()), Set.of())));
        }
        constraints.add(constraint(element, new Resources(patterns, Set.of(), Set.copyOf(named))));
    }

    private SecurityConstraint constraint(HttpConstraintElement element, Resources resources) {
        Set<String> allowed = Set.of(element.getRolesAllowed());
        roles.addAll(allowed);
        Access access = Access.ROLES;
        if (allowed.isEmpty()) {
            access =
                    element.getEmptyRoleSemantic() == EmptyRoleSemantic.DENY
                            ? Access.NOBODY
                            : Access.EVERYBODY;
        }
        boolean confidential = element.getTransportGuarantee() == TransportGuarantee.CONFIDENTIAL;
        return new SecurityConstraint(List.of(resources), access, allowed, confidential);
    }
}

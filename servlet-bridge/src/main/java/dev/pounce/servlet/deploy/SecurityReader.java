package dev.pounce.servlet.deploy;

import dev.pounce.servlet.context.ServletEntry;
import dev.pounce.servlet.context.WebContext;
import dev.pounce.servlet.model.Descriptor;
import dev.pounce.servlet.model.LoginConfig;
import dev.pounce.servlet.model.SecurityConstraint;
import dev.pounce.servlet.model.SecurityConstraint.Access;
import dev.pounce.servlet.model.SecurityConstraint.Resources;
import dev.pounce.servlet.security.Constraints;
import dev.pounce.servlet.security.Roles;
import dev.pounce.servlet.security.SecurityPolicy;
import dev.pounce.servlet.security.Users;

import jakarta.servlet.HttpConstraintElement;
import jakarta.servlet.HttpMethodConstraintElement;
import jakarta.servlet.ServletSecurityElement;
import jakarta.servlet.annotation.ServletSecurity.EmptyRoleSemantic;
import jakarta.servlet.annotation.ServletSecurity.TransportGuarantee;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Makes the security policy of an application out of its declarations, annotations and what was set
 * from code; the descriptor counts for the patterns that it names (Servlet specification, section
 * 13.4).
 */
final class SecurityReader {
    private static final Logger LOG = LoggerFactory.getLogger(SecurityReader.class);

    private final WebContext context;
    private final SecurityAnnotations annotations;
    private final boolean annotated;
    private final List<SecurityConstraint> constraints = new ArrayList<>();
    private final Set<String> described;
    private final Set<String> roles = new LinkedHashSet<>();
    private final Map<String, Map<String, String>> references = new HashMap<>();

    /**
     * @param context in which nothing can be registered any more
     * @param annotated whether annotations of servlets count that the descriptor declares
     */
    SecurityReader(WebContext context, SecurityAnnotations annotations, boolean annotated) {
        this.context = context;
        this.annotations = annotations;
        this.annotated = annotated;
        described = context.registry().constrainedPatterns();
    }

    /** The url-patterns that constraints of descriptors name. */
    static Set<String> patterns(Descriptor declared) {
        Set<String> patterns = new HashSet<>();
        for (SecurityConstraint constraint : declared.constraints()) {
            for (Resources resources : constraint.resources()) {
                patterns.addAll(resources.urlPatterns());
            }
        }
        return patterns;
    }

    /**
     * Reads all of it.
     *
     * @throws DeclarationException when something of it cannot be
     */
    SecurityPolicy read(Descriptor declared, Users users, SecurityPolicy.Settings settings)
            throws DeclarationException {
        constraints.addAll(declared.constraints());
        roles.addAll(declared.roles());
        LoginConfig login = declared.login();
        roles.addAll(context.declaredRoles());
        if (annotated) {
            roles.addAll(annotations.roles());
        }
        for (ServletEntry servlet : context.registry().servlets().values()) {
            add(servlet);
        }
        declareOthers();
        Constraints all = new Constraints(constraints, roles, declared.uncoveredDenied());
        if (!declared.uncoveredDenied()) {
            for (String methods : all.uncovered()) {
                LOG.warn(
                        "{}: no security constraint covers {}, so everybody may use them;"
                                + " <deny-uncovered-http-methods/> refuses them",
                        name(),
                        methods);
            }
        }
        warnOfDigest(login, users);
        return new SecurityPolicy(
                all, login, new Roles(roles, references), users, settings, InstantSource.system());
    }

    private String name() {
        return context.getContextPath().isEmpty() ? "/" : context.getContextPath();
    }

    private void add(ServletEntry servlet) throws DeclarationException {
        references.put(servlet.getName(), servlet.roleReferences());
        ServletSecurityElement element = servlet.security();
        String className = servlet.getClassName();
        if (className != null && servlet.isIntrospected(annotated)) {
            if (element == null) {
                element = annotations.constraint(className);
            }
            servlet.runAsByDefault(annotations.runAs(className));
        }
        List<String> patterns = new ArrayList<>(servlet.getMappings());
        patterns.removeAll(described);
        if (element != null && !patterns.isEmpty()) {
            add(element, patterns);
        }
    }

    /** What has all values by default says nothing of the methods that are not named. */
    private void add(ServletSecurityElement element, List<String> patterns) {
        for (HttpMethodConstraintElement each : element.getHttpMethodConstraints()) {
            constraints.add(
                    constraint(
                            each, new Resources(patterns, Set.of(each.getMethodName()), Set.of())));
        }
        boolean byDefault =
                element.getEmptyRoleSemantic() == EmptyRoleSemantic.PERMIT
                        && element.getTransportGuarantee() == TransportGuarantee.NONE
                        && element.getRolesAllowed().length == 0;
        if (!byDefault) {
            Set<String> named = Set.copyOf(element.getMethodNames());
            constraints.add(constraint(element, new Resources(patterns, Set.of(), named)));
        }
    }

    private SecurityConstraint constraint(HttpConstraintElement element, Resources resources) {
        Set<String> allowed = Set.of(element.getRolesAllowed());
        allowed.stream().filter(role -> !role.startsWith("*")).forEach(roles::add);
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

    /** A role that is used and not declared is probably a slip; it counts all the same. */
    private void declareOthers() {
        for (SecurityConstraint constraint : constraints) {
            constraint.roles().forEach(role -> declare(role, "an <auth-constraint>"));
        }
        for (ServletEntry servlet : context.registry().servlets().values()) {
            String where = "the servlet " + servlet.getName();
            servlet.roleReferences().values().forEach(role -> declare(role, where));
            String runAs = servlet.getRunAsRole();
            if (runAs != null) {
                declare(runAs, where);
            }
        }
    }

    private void declare(String role, String where) {
        boolean special = role.equals("*") || role.equals("**");
        if (!special && roles.add(role)) {
            LOG.warn(
                    "{}: {} names the role {}, which no <security-role> declares",
                    name(),
                    where,
                    role);
        }
    }

    private void warnOfDigest(@Nullable LoginConfig config, Users users) {
        if (config != null && config.method() == LoginConfig.Method.DIGEST) {
            String realm = SecurityPolicy.realm(config);
            List<String> unable = users.withoutDigest(realm);
            if (!unable.isEmpty()) {
                LOG.warn(
                        "{}: users whose stored password is a hash cannot log in with DIGEST: {};"
                                + " pounce password --digest \"{}\" NAME makes one that can",
                        name(),
                        String.join(", ", unable),
                        realm);
            }
        }
    }
}

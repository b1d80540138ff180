package dev.pounce.servlet.deploy;

import jakarta.servlet.HttpConstraintElement;
import jakarta.servlet.HttpMethodConstraintElement;
import jakarta.servlet.ServletSecurityElement;
import jakarta.servlet.annotation.ServletSecurity;
import jakarta.servlet.annotation.ServletSecurity.EmptyRoleSemantic;
import jakarta.servlet.annotation.ServletSecurity.TransportGuarantee;

import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.AnnotationValue;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.DotName;
import org.jboss.jandex.IndexView;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What annotations of an application's classes say of security (Servlet specification, sections
 * 13.4 and 15.5), read from bytecode.
 */
record SecurityAnnotations(IndexView index) {
    private static final DotName SECURITY = DotName.createSimple(ServletSecurity.class);
    private static final DotName RUN_AS = DotName.createSimple("jakarta.annotation.security.RunAs");
    private static final DotName DECLARE_ROLES =
            DotName.createSimple("jakarta.annotation.security.DeclareRoles");

    /**
     * The constraint of a servlet's class, which it may have from a superclass; null when there is
     * none.
     *
     * @throws DeclarationException when the annotation contradicts itself
     */
    @Nullable ServletSecurityElement constraint(String className) throws DeclarationException {
        for (ClassInfo type = type(className);
                type != null;
                type = type.superName() == null ? null : index.getClassByName(type.superName())) {
            AnnotationInstance found = type.declaredAnnotation(SECURITY);
            if (found != null) {
                try {
                    return element(found);
                } catch (IllegalArgumentException e) {
                    throw new DeclarationException(
                            "the @ServletSecurity of "
                                    + type.name()
                                    + " cannot be: "
                                    + e.getMessage(),
                            e);
                }
            }
        }
        return null;
    }

    /** The role that a servlet's class runs as, or null. */
    @Nullable String runAs(String className) {
        ClassInfo type = type(className);
        AnnotationInstance found = type == null ? null : type.declaredAnnotation(RUN_AS);
        AnnotationValue role = found == null ? null : found.value();
        return role == null ? null : role.asString();
    }

    /** The roles that classes declare. */
    Set<String> roles() {
        Set<String> roles = new LinkedHashSet<>();
        for (AnnotationInstance each : index.getAnnotations(DECLARE_ROLES)) {
            roles.addAll(texts(each, "value"));
        }
        return roles;
    }

    private @Nullable ClassInfo type(String className) {
        return index.getClassByName(DotName.createSimple(className));
    }

    private static ServletSecurityElement element(AnnotationInstance annotation) {
        List<HttpMethodConstraintElement> methods = new ArrayList<>();
        AnnotationValue listed = annotation.value("httpMethodConstraints");
        if (listed != null) {
            for (AnnotationInstance each : listed.asNestedArray()) {
                methods.add(
                        new HttpMethodConstraintElement(
                                each.value().asString(), constraint(each, "emptyRoleSemantic")));
            }
        }
        AnnotationValue others = annotation.value();
        return new ServletSecurityElement(
                others == null
                        ? new HttpConstraintElement()
                        : constraint(others.asNested(), "value"),
                methods);
    }

    private static HttpConstraintElement constraint(
            AnnotationInstance annotation, String semantic) {
        AnnotationValue empty = annotation.value(semantic);
        AnnotationValue transport = annotation.value("transportGuarantee");
        return new HttpConstraintElement(
                empty == null
                        ? EmptyRoleSemantic.PERMIT
                        : EmptyRoleSemantic.valueOf(empty.asEnum()),
                transport == null
                        ? TransportGuarantee.NONE
                        : TransportGuarantee.valueOf(transport.asEnum()),
                texts(annotation, "rolesAllowed").toArray(String[]::new));
    }

    private static List<String> texts(AnnotationInstance annotation, String member) {
        AnnotationValue value = annotation.value(member);
        return value == null ? List.of() : List.of(value.asStringArray());
    }
}

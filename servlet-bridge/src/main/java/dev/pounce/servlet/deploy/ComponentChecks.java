package dev.pounce.servlet.deploy;

import dev.pounce.servlet.context.FilterEntry;
import dev.pounce.servlet.context.Registry;
import dev.pounce.servlet.context.ServletEntry;

import jakarta.servlet.annotation.MultipartConfig;

import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.DotName;
import org.jboss.jandex.IndexView;

/**
 * Completes servlets and filters when nothing can be registered any more: each one needs something
 * that answers, and a servlet's class may say what it takes as parts however it was registered
 * (Servlet specification, section 4.4.1).
 */
final class ComponentChecks {
    private static final DotName MULTIPART = DotName.createSimple(MultipartConfig.class);

    private ComponentChecks() {}

    /**
     * Checks and completes.
     *
     * @throws DeclarationException when one has no class
     */
    static void check(Registry registry, IndexView index) throws DeclarationException {
        for (ServletEntry each : registry.servlets().values()) {
            if (!each.hasCode() && each.isEnabled() && !each.getMappings().isEmpty()) {
                throw new DeclarationException(
                        "the servlet "
                                + each.getName()
                                + " has neither a class nor a JSP file; give it a <servlet-class>,"
                                + " or take it out");
            }
            multipart(each, index);
        }
        for (FilterEntry each : registry.filters().values()) {
            if (each.getClassName() == null) {
                throw new DeclarationException(
                        "a mapping names the filter "
                                + each.getName()
                                + ", which is not declared with a class; give it a <filter-class>,"
                                + " or take it out");
            }
        }
    }

    private static void multipart(ServletEntry servlet, IndexView index) {
        String className = servlet.getClassName();
        if (className == null || servlet.multipart() != null) {
            return;
        }
        ClassInfo type = index.getClassByName(DotName.createSimple(className));
        AnnotationInstance annotation = type == null ? null : type.declaredAnnotation(MULTIPART);
        if (annotation != null) {
            servlet.multipart(AnnotationReader.multipart(annotation));
        }
    }
}

package dev.pounce.servlet.deploy;

import dev.pounce.servlet.context.WebContext;

import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.HandlesTypes;

import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.AnnotationTarget;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.DotName;
import org.jboss.jandex.IndexView;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.LinkedHashSet;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;

/**
 * Calls the ServletContainerInitializers of an application with the classes that they handle
 * (Servlet specification, section 8.2.4).
 */
final class Initializers {
    private static final Logger LOG = LoggerFactory.getLogger(Initializers.class);
    private static final String SERVICE =
            "META-INF/services/" + ServletContainerInitializer.class.getName();

    private final IndexView index;
    private final ClassLoader loader;

    Initializers(IndexView index, ClassLoader loader) {
        this.index = index;
        this.loader = loader;
    }

    /** Whether an application has one. */
    static boolean arePresent(ClassLoader loader) {
        return loader.getResource(SERVICE) != null;
    }

    /**
     * Calls all of them.
     *
     * @throws ServletException when one failed; the application must not start then
     */
    void run(WebContext context) throws ServletException {
        for (ServletContainerInitializer each :
                ServiceLoader.load(ServletContainerInitializer.class, loader)) {
            each.onStartup(handled(each.getClass()), context);
        }
    }

    private @Nullable Set<Class<?>> handled(Class<?> initializer) {
        HandlesTypes handles = initializer.getAnnotation(HandlesTypes.class);
        if (handles == null) {
            return null;
        }
        Set<String> names = new TreeSet<>();
        for (Class<?> type : handles.value()) {
            find(type, names);
        }
        Set<Class<?>> classes = new LinkedHashSet<>();
        for (String name : names) {
            try {
                classes.add(Class.forName(name, false, loader));
            } catch (ClassNotFoundException | LinkageError e) {
                LOG.debug("{} is not shown to {}: {}", name, initializer.getName(), e.toString());
            }
        }
        return classes.isEmpty() ? null : classes;
    }

    /** Those that extend or implement a type, or have it as an annotation anywhere. */
    private void find(Class<?> type, Set<String> names) {
        DotName name = DotName.createSimple(type.getName());
        if (type.isAnnotation()) {
            for (AnnotationInstance each : index.getAnnotations(name)) {
                ClassInfo owner = owner(each.target());
                if (owner != null) {
                    names.add(owner.name().toString());
                }
            }
            return;
        }
        index.getAllKnownSubclasses(name).forEach(each -> names.add(each.name().toString()));
        if (type.isInterface()) {
            index.getAllKnownImplementations(name)
                    .forEach(each -> names.add(each.name().toString()));
            index.getAllKnownSubinterfaces(name).forEach(each -> names.add(each.name().toString()));
        }
    }

    private static @Nullable ClassInfo owner(AnnotationTarget target) {
        return switch (target.kind()) {
            case CLASS -> target.asClass();
            case METHOD -> target.asMethod().declaringClass();
            case METHOD_PARAMETER -> target.asMethodParameter().method().declaringClass();
            case FIELD -> target.asField().declaringClass();
            case RECORD_COMPONENT -> target.asRecordComponent().declaringClass();
            case TYPE -> null;
        };
    }
}

package dev.pounce.servlet.deploy;

import dev.pounce.deploy.ClassArchive;

import jakarta.servlet.annotation.HandlesTypes;

import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.AnnotationTarget;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.DotName;
import org.jboss.jandex.Index;
import org.jboss.jandex.IndexView;
import org.jboss.jandex.Type;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Finds the classes that an initializer handles: those that extend or implement a type, or have an
 * annotation on themselves, a method or a field (Servlet specification, section 8.2.4). Only
 * bytecode is read until a class is found. Used by one thread.
 */
final class HandledTypes {
    private static final Logger LOG = LoggerFactory.getLogger(HandledTypes.class);
    private static final DotName HANDLES_TYPES = DotName.createSimple(HandlesTypes.class);

    private final List<ClassArchive> archives;
    private final IndexView application;
    private final ClassLoader loader;
    private final Map<DotName, Set<DotName>> supertypes = new HashMap<>();

    /**
     * @param archives where classes are looked for
     * @param application all classes of the application
     * @param loader has those and what they extend
     */
    HandledTypes(List<ClassArchive> archives, IndexView application, ClassLoader loader) {
        this.archives = archives;
        this.application = application;
        this.loader = loader;
    }

    /** The classes that an initializer handles, or null when there are none. */
    @Nullable Set<Class<?>> of(Class<?> initializer) {
        Set<DotName> types = types(initializer);
        if (types.isEmpty()) {
            return null;
        }
        Set<Class<?>> classes = new LinkedHashSet<>();
        List<String> missing = new ArrayList<>();
        for (String name : find(types)) {
            try {
                classes.add(Class.forName(name, false, loader));
            } catch (ClassNotFoundException | LinkageError e) {
                missing.add(name + " (" + e + ")");
            }
        }
        if (!missing.isEmpty()) {
            LOG.info(
                    "not shown to {}, because they cannot be loaded: {}",
                    initializer.getName(),
                    String.join(", ", missing));
        }
        return classes.isEmpty() ? null : classes;
    }

    /** Read from bytecode where there is some, because one of the types may be missing. */
    private Set<DotName> types(Class<?> initializer) {
        ClassInfo known = application.getClassByName(DotName.createSimple(initializer));
        Set<DotName> types = new HashSet<>();
        if (known != null) {
            AnnotationInstance annotation = known.declaredAnnotation(HANDLES_TYPES);
            if (annotation != null && annotation.value() != null) {
                for (Type each : annotation.value().asClassArray()) {
                    types.add(each.name());
                }
            }
            return types;
        }
        HandlesTypes annotation = initializer.getAnnotation(HandlesTypes.class);
        if (annotation != null) {
            for (Class<?> each : annotation.value()) {
                types.add(DotName.createSimple(each));
            }
        }
        return types;
    }

    private Set<String> find(Set<DotName> types) {
        Set<String> names = new TreeSet<>();
        for (ClassArchive archive : archives) {
            for (DotName type : types) {
                for (AnnotationInstance each : archive.classes().getAnnotations(type)) {
                    ClassInfo owner = owner(each.target());
                    if (owner != null) {
                        names.add(owner.name().toString());
                    }
                }
            }
            for (ClassInfo each : archive.classes().getKnownClasses()) {
                if (supertypes(each.name()).stream().anyMatch(types::contains)) {
                    names.add(each.name().toString());
                }
            }
        }
        return names;
    }

    /** All types that a class extends or implements, through types outside the application too. */
    private Set<DotName> supertypes(DotName name) {
        Set<DotName> known = supertypes.get(name);
        if (known != null) {
            return known;
        }
        Set<DotName> found = new HashSet<>();
        // A class that extends itself through others cannot be loaded, and must not be followed.
        supertypes.put(name, found);
        ClassInfo info = info(name);
        if (info != null) {
            List<DotName> direct = new ArrayList<>(info.interfaceNames());
            if (info.superName() != null) {
                direct.add(info.superName());
            }
            for (DotName each : direct) {
                found.add(each);
                found.addAll(supertypes(each));
            }
        }
        return found;
    }

    private @Nullable ClassInfo info(DotName name) {
        ClassInfo own = application.getClassByName(name);
        if (own != null || name.equals(DotName.OBJECT_NAME)) {
            return own;
        }
        String file = name.toString().replace('.', '/') + ".class";
        try (InputStream in = loader.getResourceAsStream(file)) {
            return in == null ? null : Index.singleClass(in);
        } catch (IOException | RuntimeException e) {
            LOG.debug("{} cannot be read: {}", name, e.toString());
            return null;
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

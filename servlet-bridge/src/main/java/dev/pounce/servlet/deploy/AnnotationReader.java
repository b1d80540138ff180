package dev.pounce.servlet.deploy;

import dev.pounce.deploy.ClassArchive;
import dev.pounce.servlet.model.Descriptor;
import dev.pounce.servlet.model.DescriptorBuilder;
import dev.pounce.servlet.model.FilterDeclaration;
import dev.pounce.servlet.model.FilterMapping;
import dev.pounce.servlet.model.LifecycleCallback;
import dev.pounce.servlet.model.MultipartLimits;
import dev.pounce.servlet.model.ServletDeclaration;
import dev.pounce.servlet.model.ServletMapping;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.annotation.MultipartConfig;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.annotation.WebListener;
import jakarta.servlet.annotation.WebServlet;

import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.AnnotationTarget;
import org.jboss.jandex.AnnotationValue;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.DotName;
import org.jboss.jandex.IndexView;
import org.jboss.jandex.MethodInfo;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * What an application declares by annotations of its classes (Servlet specification, section 8.1),
 * read from bytecode.
 */
final class AnnotationReader {
    private static final DotName SERVLET = DotName.createSimple(WebServlet.class);
    private static final DotName FILTER = DotName.createSimple(WebFilter.class);
    private static final DotName LISTENER = DotName.createSimple(WebListener.class);
    private static final DotName MULTIPART = DotName.createSimple(MultipartConfig.class);
    private static final List<DotName> ALL = List.of(SERVLET, FILTER, LISTENER);

    private static final Map<DotName, LifecycleCallback.Kind> CALLBACKS =
            Map.of(
                    DotName.createSimple("jakarta.annotation.PostConstruct"),
                    LifecycleCallback.Kind.POST_CONSTRUCT,
                    DotName.createSimple("jakarta.annotation.PreDestroy"),
                    LifecycleCallback.Kind.PRE_DESTROY);

    private final DescriptorBuilder found;

    /** The classes of servlets and filters by the names that their annotations give them. */
    private final Map<String, String> classesByName = new HashMap<>();

    private AnnotationReader(String source) {
        found = new DescriptorBuilder(source);
    }

    /** Whether a class has one of the annotations. */
    static boolean isAnnotated(IndexView index) {
        return ALL.stream().anyMatch(each -> !index.getAnnotations(each).isEmpty());
    }

    /**
     * Reads all annotated classes of a folder or library, in the order of their names.
     *
     * @throws DeclarationException for an annotation that cannot be
     */
    static Descriptor read(ClassArchive archive) throws DeclarationException {
        IndexView index = archive.classes();
        AnnotationReader reader = new AnnotationReader("the annotations of " + archive.file());
        for (AnnotationInstance each : classes(index, SERVLET)) {
            reader.servlet(each);
        }
        for (AnnotationInstance each : classes(index, FILTER)) {
            reader.filter(each);
        }
        for (AnnotationInstance each : classes(index, LISTENER)) {
            reader.found.listener(each.target().asClass().name().toString());
        }
        CALLBACKS.forEach((annotation, kind) -> reader.callbacks(index, annotation, kind));
        return reader.found.build();
    }

    /** The annotations' own types need not be there. */
    private void callbacks(IndexView index, DotName annotation, LifecycleCallback.Kind kind) {
        for (AnnotationInstance each : index.getAnnotations(annotation)) {
            if (each.target().kind() == AnnotationTarget.Kind.METHOD) {
                MethodInfo method = each.target().asMethod();
                found.callback(
                        new LifecycleCallback(
                                method.declaringClass().name().toString(), method.name(), kind));
            }
        }
    }

    private void checkName(String kind, String name, String className) throws DeclarationException {
        String first = classesByName.putIfAbsent(kind + " " + name, className);
        if (first != null) {
            throw new DeclarationException(
                    "both "
                            + first
                            + " and "
                            + className
                            + " are annotated as the "
                            + kind
                            + " "
                            + name
                            + "; give one of them another name");
        }
    }

    private static String className(AnnotationInstance annotation) {
        return annotation.target().asClass().name().toString();
    }

    private static List<AnnotationInstance> classes(IndexView index, DotName annotation) {
        List<AnnotationInstance> found = new ArrayList<>(index.getAnnotations(annotation));
        found.removeIf(each -> each.target().kind() != AnnotationTarget.Kind.CLASS);
        found.sort((one, other) -> className(one).compareTo(className(other)));
        return found;
    }

    private void servlet(AnnotationInstance annotation) throws DeclarationException {
        ClassInfo type = annotation.target().asClass();
        String className = type.name().toString();
        String name = text(annotation, "name", className);
        List<String> patterns = patterns(annotation, className);
        checkName("servlet", name, className);
        AnnotationInstance multipart = type.declaredAnnotation(MULTIPART);
        found.servlet(
                new ServletDeclaration(
                        name,
                        className,
                        null,
                        parameters(annotation),
                        number(annotation, "loadOnStartup"),
                        flag(annotation, "asyncSupported"),
                        null,
                        multipart == null ? null : multipart(multipart),
                        null,
                        Map.of()));
        // A descriptor may map it.
        if (!patterns.isEmpty()) {
            found.servletMapping(new ServletMapping(name, patterns));
        }
    }

    /** What {@code @MultipartConfig} says. */
    static MultipartLimits multipart(AnnotationInstance annotation) {
        return new MultipartLimits(
                text(annotation, "location", ""),
                longNumber(annotation, "maxFileSize", -1),
                longNumber(annotation, "maxRequestSize", -1),
                Objects.requireNonNullElse(number(annotation, "fileSizeThreshold"), 0));
    }

    private void filter(AnnotationInstance annotation) throws DeclarationException {
        String className = annotation.target().asClass().name().toString();
        String name = text(annotation, "filterName", className);
        checkName("filter", name, className);
        found.filter(
                new FilterDeclaration(
                        name,
                        className,
                        parameters(annotation),
                        flag(annotation, "asyncSupported")));
        List<String> patterns = patterns(annotation, className);
        List<String> servlets = texts(annotation, "servletNames");
        if (!patterns.isEmpty() || !servlets.isEmpty()) {
            found.filterMapping(new FilterMapping(name, patterns, servlets, types(annotation)));
        }
    }

    private static Set<DispatcherType> types(AnnotationInstance annotation) {
        Set<DispatcherType> types = EnumSet.noneOf(DispatcherType.class);
        AnnotationValue value = annotation.value("dispatcherTypes");
        if (value != null) {
            for (String each : value.asEnumArray()) {
                types.add(DispatcherType.valueOf(each));
            }
        }
        return types;
    }

    private static List<String> patterns(AnnotationInstance annotation, String className)
            throws DeclarationException {
        List<String> value = texts(annotation, "value");
        List<String> patterns = texts(annotation, "urlPatterns");
        if (!value.isEmpty() && !patterns.isEmpty()) {
            throw new DeclarationException(
                    "the annotation of "
                            + className
                            + " has both value and urlPatterns; one of them is enough");
        }
        return value.isEmpty() ? patterns : value;
    }

    private static Map<String, String> parameters(AnnotationInstance annotation) {
        Map<String, String> parameters = new LinkedHashMap<>();
        AnnotationValue value = annotation.value("initParams");
        if (value != null) {
            for (AnnotationInstance each : value.asNestedArray()) {
                parameters.put(text(each, "name", ""), text(each, "value", ""));
            }
        }
        return parameters;
    }

    private static String text(AnnotationInstance annotation, String member, String otherwise) {
        AnnotationValue value = annotation.value(member);
        return value == null || value.asString().isEmpty() ? otherwise : value.asString();
    }

    private static List<String> texts(AnnotationInstance annotation, String member) {
        @Nullable AnnotationValue value = annotation.value(member);
        return value == null ? List.of() : List.of(value.asStringArray());
    }

    private static @Nullable Boolean flag(AnnotationInstance annotation, String member) {
        AnnotationValue value = annotation.value(member);
        return value == null ? null : (Boolean) value.asBoolean();
    }

    private static @Nullable Integer number(AnnotationInstance annotation, String member) {
        AnnotationValue value = annotation.value(member);
        return value == null ? null : (Integer) value.asInt();
    }

    private static long longNumber(AnnotationInstance annotation, String member, long otherwise) {
        AnnotationValue value = annotation.value(member);
        return value == null ? otherwise : value.asLong();
    }
}

package dev.pounce.deploy;

import dev.pounce.api.Fused;
import dev.pounce.api.FusedRequest;
import dev.pounce.route.FusedRoute;
import dev.pounce.route.PathPattern;

import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.AnnotationTarget;
import org.jboss.jandex.AnnotationValue;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.DotName;
import org.jboss.jandex.IndexView;
import org.jboss.jandex.MethodInfo;
import org.jboss.jandex.Type;
import org.jspecify.annotations.Nullable;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Makes routes of the methods with {@link Fused} of a webapp. */
final class FusedScanner {
    private static final DotName FUSED = DotName.createSimple(Fused.class);
    private static final DotName REQUEST = DotName.createSimple(FusedRequest.class);
    private static final DotName STRING = DotName.createSimple(String.class);
    private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

    /** Framing is the server's business (RFC 9112 section 6). */
    private static final Set<String> FRAMING =
            Set.of("content-length", "transfer-encoding", "connection", "trailer");

    private final ClassLoader loader;
    private final Map<DotName, Object> instances = new LinkedHashMap<>();

    private FusedScanner(ClassLoader loader) {
        this.loader = loader;
    }

    /**
     * Checks every method with the annotation, makes one instance of each class and binds them.
     *
     * @throws DeploymentException for the first that is wrong; instances made before are closed
     */
    static FusedHandlers scan(IndexView index, ClassLoader loader) throws DeploymentException {
        FusedScanner scanner = new FusedScanner(loader);
        List<FusedRoute> routes = new ArrayList<>();
        try {
            List<AnnotationInstance> found = new ArrayList<>(index.getAnnotations(FUSED));
            found.removeIf(each -> each.target().kind() != AnnotationTarget.Kind.METHOD);
            found.sort(FusedScanner::byName);
            for (AnnotationInstance annotation : found) {
                routes.add(scanner.route(annotation.target().asMethod(), annotation));
            }
            return scanner.handlers(routes);
        } catch (DeploymentException | RuntimeException e) {
            scanner.handlers(List.of()).close();
            throw e;
        }
    }

    private static int byName(AnnotationInstance one, AnnotationInstance other) {
        return name(one.target().asMethod()).compareTo(name(other.target().asMethod()));
    }

    private FusedHandlers handlers(List<FusedRoute> routes) {
        return new FusedHandlers(routes, List.copyOf(instances.values()), loader);
    }

    private static String name(MethodInfo method) {
        return method.declaringClass().name() + "." + method.name();
    }

    private static DeploymentException wrong(MethodInfo method, String what) {
        return new DeploymentException("@Fused method " + name(method) + ": " + what);
    }

    private FusedRoute route(MethodInfo method, AnnotationInstance annotation)
            throws DeploymentException {
        check(method);
        boolean bytes = method.returnType().kind() == Type.Kind.ARRAY;
        try {
            return new FusedRoute(
                    PathPattern.ofFused(annotation.value().asString()),
                    methods(method, annotation),
                    fields(method, annotation, bytes),
                    isBlocking(annotation),
                    new MethodHandler(bind(method, bytes), loader),
                    name(method));
        } catch (IllegalArgumentException e) {
            throw new DeploymentException(
                    "@Fused method " + name(method) + ": " + e.getMessage(), e);
        }
    }

    private static void check(MethodInfo method) throws DeploymentException {
        ClassInfo owner = method.declaringClass();
        if (!Modifier.isPublic(owner.flags())
                || owner.isInterface()
                || Modifier.isAbstract(owner.flags())) {
            throw wrong(method, "its class must be public and neither abstract nor an interface");
        }
        if (!Modifier.isPublic(method.flags()) || Modifier.isStatic(method.flags())) {
            throw wrong(method, "it must be public and not static");
        }
        MethodInfo constructor = owner.method("<init>");
        if (constructor == null || !Modifier.isPublic(constructor.flags())) {
            throw wrong(method, "its class must have a public constructor without arguments");
        }
        if (!isBytes(method.returnType()) && !method.returnType().name().equals(STRING)) {
            throw wrong(
                    method, "it returns " + method.returnType() + " instead of byte[] or String");
        }
        List<Type> parameters = method.parameterTypes();
        if (parameters.size() > 1
                || parameters.size() == 1 && !parameters.get(0).name().equals(REQUEST)) {
            throw wrong(method, "it must take no argument or one " + REQUEST);
        }
    }

    private static boolean isBytes(Type type) {
        return type.kind() == Type.Kind.ARRAY && type.name().toString().equals("[B");
    }

    private static boolean isBlocking(AnnotationInstance annotation) {
        AnnotationValue value = annotation.value("blocking");
        return value != null && value.asBoolean();
    }

    private static Set<String> methods(MethodInfo method, AnnotationInstance annotation)
            throws DeploymentException {
        @Nullable AnnotationValue value = annotation.value("methods");
        String[] methods = value == null ? new String[] {"GET"} : value.asStringArray();
        for (String each : methods) {
            if (!TOKEN.matcher(each).matches()) {
                throw wrong(method, "\"" + each + "\" is no method (RFC 9110 section 9.1)");
            }
        }
        return Set.copyOf(List.of(methods));
    }

    private static Map<String, String> fields(
            MethodInfo method, AnnotationInstance annotation, boolean bytes)
            throws DeploymentException {
        Map<String, String> fields = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        AnnotationValue type = annotation.value("contentType");
        String preset = bytes ? "application/octet-stream" : "text/plain; charset=utf-8";
        boolean isPreset = type == null || type.asString().isEmpty();
        fields.put("Content-Type", isPreset ? preset : type.asString());
        AnnotationValue lines = annotation.value("fields");
        for (String line : lines == null ? new String[0] : lines.asStringArray()) {
            int colon = line.indexOf(':');
            if (colon <= 0) {
                throw wrong(method, "the field \"" + line + "\" must be \"Name: value\"");
            }
            String name = line.substring(0, colon);
            if (FRAMING.contains(name.toLowerCase(Locale.ROOT))) {
                throw wrong(method, "the field " + name + " is set by the server");
            }
            if (fields.put(name, line.substring(colon + 1).strip()) != null) {
                throw wrong(
                        method,
                        "the field "
                                + name
                                + " is there twice; join its values with commas, and give the"
                                + " Content-Type as contentType");
            }
        }
        return fields;
    }

    /** Looks up the one method by its signature: other methods may have types that are missing. */
    private MethodHandle bind(MethodInfo method, boolean bytes) throws DeploymentException {
        Class<?> result = bytes ? byte[].class : String.class;
        MethodType type =
                method.parametersCount() == 0
                        ? MethodType.methodType(result)
                        : MethodType.methodType(result, FusedRequest.class);
        try {
            Object instance = instance(method);
            return MethodHandles.publicLookup()
                    .findVirtual(instance.getClass(), method.name(), type)
                    .bindTo(instance);
        } catch (InvocationTargetException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new DeploymentException(
                    "@Fused method " + name(method) + ": its class's constructor threw " + cause,
                    cause);
        } catch (ReflectiveOperationException | LinkageError e) {
            throw new DeploymentException(
                    "@Fused method " + name(method) + ": its class cannot be used: " + e, e);
        } catch (DeploymentException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new DeploymentException("@Fused method " + name(method) + ": " + e, e);
        }
    }

    private Object instance(MethodInfo method) throws Exception {
        DotName name = method.declaringClass().name();
        Object instance = instances.get(name);
        if (instance == null) {
            Class<?> type = Class.forName(name.toString(), false, loader);
            instance = WithLoader.call(loader, () -> type.getConstructor().newInstance());
            instances.put(name, instance);
        }
        return instance;
    }
}

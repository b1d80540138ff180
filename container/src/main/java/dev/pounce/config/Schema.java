package dev.pounce.config;

import org.jspecify.annotations.Nullable;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/**
 * The settings that a configuration record declares: a component whose type is a record is a group
 * of settings, any other is a key. Everything that has to know the settings asks here, so a
 * component added to a record needs no other change.
 *
 * <p>Immutable and safe for use by any thread.
 *
 * @param <R> the configuration record
 */
public final class Schema<R extends Record> extends SettingTree {

    /** A group or a key. */
    public sealed interface Node permits Group, Key {

        /** Where it is: {@code compression.min_size}; empty for the root. */
        String path();

        /** What it is for. */
        String doc();

        /** The last part of the path. */
        default String name() {
            return path().substring(path().lastIndexOf('.') + 1);
        }
    }

    /**
     * A record of settings.
     *
     * @param children its groups and keys in the order of the record's components
     */
    public record Group(String path, String doc, Class<? extends Record> type, List<Node> children)
            implements Node {

        /** The path of a child of that name, whether there is one or not. */
        public String childPath(String name) {
            return Schema.childPath(path, name);
        }
    }

    /** The components of a record, in their order. */
    static final class Values {
        private final Object[] values;
        private int at;

        Values(Object[] values) {
            this.values = values;
        }

        /** The next one, which has the type of its component. */
        @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
        <T> T next() {
            return (T) values[at++];
        }
    }

    private final Class<R> type;
    private final Function<Values, R> constructor;
    private final Map<Class<?>, Group> groups = new HashMap<>();
    private final Map<String, Method> accessors = new HashMap<>();

    /**
     * Reads the settings of a record.
     *
     * @throws IllegalArgumentException when a component has no {@link Setting} or a type that
     *     cannot be configured
     */
    public Schema(Class<R> type) {
        this(type, values -> type.cast(construct(type, values.values)));
    }

    /**
     * Reads the settings of a record.
     *
     * @param constructor makes one without reflection, for one that has many components
     * @throws IllegalArgumentException when a component has no {@link Setting} or a type that
     *     cannot be configured
     */
    Schema(Class<R> type, Function<Values, R> constructor) {
        super(group("", "", type));
        this.type = type;
        this.constructor = constructor;
        collect(root());
    }

    private void collect(Group group) {
        groups.putIfAbsent(group.type(), group);
        RecordComponent[] components = group.type().getRecordComponents();
        for (int i = 0; i < components.length; i++) {
            Node child = group.children().get(i);
            Method accessor = components[i].getAccessor();
            accessor.setAccessible(true);
            accessors.put(child.path(), accessor);
            if (child instanceof Group inner) {
                collect(inner);
            }
        }
    }

    private static Group group(String path, String doc, Class<? extends Record> type) {
        List<Node> children = new ArrayList<>();
        for (RecordComponent component : type.getRecordComponents()) {
            children.add(node(childPath(path, snakeCase(component.getName())), component));
        }
        return new Group(path, doc, type, List.copyOf(children));
    }

    private static Node node(String path, RecordComponent component) {
        Setting setting = component.getAnnotation(Setting.class);
        if (setting == null) {
            throw new IllegalArgumentException(component + " has no @Setting");
        }
        if (component.getType().isRecord()) {
            return group(path, setting.value(), component.getType().asSubclass(Record.class));
        }
        ValueType valueType = ValueType.of(component.getGenericType(), setting.bytes());
        return new Key(path, setting, valueType);
    }

    private static String prefix(Group group) {
        return group.path().isEmpty() ? "" : group.path() + ".";
    }

    private static String childPath(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    /** The value of a key in a configuration. */
    public Object value(R config, Key key) {
        String path = key.path();
        Object value = config;
        for (int dot = path.indexOf('.'); dot >= 0; dot = path.indexOf('.', dot + 1)) {
            value = read(path.substring(0, dot), (Record) value);
        }
        return read(path, (Record) value);
    }

    /** The keys whose values differ, in the order of the records. */
    public List<Key> changed(R before, R after) {
        return keys().stream()
                .filter(key -> !value(before, key).equals(value(after, key)))
                .toList();
    }

    /**
     * A configuration that differs from another one in the values given.
     *
     * @param values by path, each of its key's Java type; all are put in place before the records
     *     check how they fit together
     * @throws ConfigException when a value is out of its bounds or does not fit to the others
     */
    public R with(R base, Map<String, ?> values) {
        values.keySet().forEach(this::key);
        return values.isEmpty() ? base : type.cast(rebuild(root(), base, values));
    }

    /** The same record where nothing is to change: reflection takes a good part of a start. */
    private Record rebuild(Group group, Record base, Map<String, ?> values) {
        if (values.keySet().stream().noneMatch(path -> path.startsWith(prefix(group)))) {
            return base;
        }
        List<Node> children = group.children();
        Object[] arguments = new Object[children.size()];
        boolean changed = false;
        for (int i = 0; i < arguments.length; i++) {
            Node child = children.get(i);
            Object old = read(child.path(), base);
            Object given = values.get(child.path());
            Object wanted =
                    child instanceof Group inner
                            ? rebuild(inner, (Record) old, values)
                            : given == null ? old : given;
            arguments[i] = wanted;
            changed |= child instanceof Group ? wanted != old : !wanted.equals(old);
        }
        if (!changed) {
            return base;
        }
        return group.path().isEmpty()
                ? constructor.apply(new Values(arguments))
                : construct(group.type(), arguments);
    }

    /**
     * Checks the components of a record that is being constructed against their {@link Setting}s.
     *
     * @param type a record of this schema
     * @param components all of them, in the record's order
     * @throws ConfigException for the first that is out of its bounds
     */
    void check(Class<? extends Record> type, @Nullable Object... components) {
        Group group = Objects.requireNonNull(groups.get(type), type::getName);
        if (components.length != group.children().size()) {
            throw new IllegalStateException(type + " does not check all of its components");
        }
        for (int i = 0; i < components.length; i++) {
            Node child = group.children().get(i);
            Object value = components[i];
            if (value == null) {
                throw new ConfigException(child.path(), "has no value");
            }
            if (child instanceof Key key) {
                key.check(value);
            }
        }
    }

    private Object read(String path, Record record) {
        try {
            return Objects.requireNonNull(accessors.get(path), path).invoke(record);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Record construct(Class<? extends Record> type, Object[] arguments) {
        try {
            Class<?>[] types =
                    Arrays.stream(type.getRecordComponents())
                            .map(RecordComponent::getType)
                            .toArray(Class<?>[]::new);
            Constructor<? extends Record> constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor.newInstance(arguments);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof ConfigException refused) {
                throw refused;
            }
            throw new IllegalStateException(e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String snakeCase(String camelCase) {
        StringBuilder snake = new StringBuilder();
        for (int i = 0; i < camelCase.length(); i++) {
            char each = camelCase.charAt(i);
            if (Character.isUpperCase(each)) {
                snake.append('_');
            }
            snake.append(Character.toLowerCase(each));
        }
        return snake.toString();
    }
}

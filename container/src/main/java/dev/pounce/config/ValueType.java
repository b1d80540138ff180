package dev.pounce.config;

import org.jspecify.annotations.Nullable;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * How the values of one type are written. There is one way for the file, the environment, the
 * command line and {@link ServerConfig#with(String, String)}.
 */
public final class ValueType {

    /** What a value is, where the way in which it is written says more than its Java type. */
    public enum Kind {
        TEXT,
        PATH,
        INTEGER,
        SIZE,
        BOOLEAN,
        DURATION,
        WORD,
        LIST,
        /** Virtual hosts, which only the file can have; see {@link VirtualHostConfig#schema}. */
        HOSTS
    }

    private static final String WORDS = "one of ";

    private static final ValueType TEXT = text(Kind.TEXT, "text", text -> text);
    private static final ValueType PATH = text(Kind.PATH, "a path", Path::of);
    private static final ValueType INT =
            word(
                    Kind.INTEGER,
                    "an integer",
                    text -> Math.toIntExact(Quantity.integer(text)),
                    Object::toString);
    private static final ValueType LONG =
            word(Kind.INTEGER, "an integer", Quantity::integer, Object::toString);
    private static final ValueType INT_SIZE =
            size(text -> Math.toIntExact(Quantity.BYTES.parse(text)));
    private static final ValueType LONG_SIZE = size(Quantity.BYTES::parse);
    private static final ValueType BOOLEAN =
            word(Kind.BOOLEAN, "true or false", ValueType::parseBoolean, Object::toString);
    private static final ValueType DURATION =
            new ValueType(
                    Kind.DURATION,
                    "a duration",
                    "100ms or 5s",
                    text -> Duration.ofMillis(Quantity.MILLIS.parse(text)),
                    value -> Quantity.MILLIS.format(((Duration) value).toMillis()),
                    value -> ((Duration) value).getNano() % 1_000_000 == 0,
                    null);

    private static final ValueType HOSTS =
            new ValueType(
                    Kind.HOSTS,
                    "virtual hosts in the configuration file, each with settings of its own",
                    "",
                    ValueType::parseHosts,
                    ValueType::formatHosts,
                    any -> true,
                    null);

    private final Kind kind;
    private final String noun;
    private final String example;
    private final Function<String, Object> parser;
    private final Function<Object, String> formatter;
    private final Predicate<Object> accepted;
    private final @Nullable ValueType element;

    private ValueType(
            Kind kind,
            String noun,
            String example,
            Function<String, Object> parser,
            Function<Object, String> formatter,
            Predicate<Object> accepted,
            @Nullable ValueType element) {
        this.kind = kind;
        this.noun = noun;
        this.example = example;
        this.parser = parser;
        this.formatter = formatter;
        this.accepted = accepted;
        this.element = element;
    }

    private static ValueType word(
            Kind kind,
            String noun,
            Function<String, Object> parser,
            Function<Object, String> formatter) {
        return new ValueType(kind, noun, "", parser, formatter, any -> true, null);
    }

    private static ValueType text(Kind kind, String noun, Function<String, Object> parser) {
        return new ValueType(
                kind, noun, "", parser, Object::toString, ValueType::isPrintable, null);
    }

    private static ValueType size(Function<String, Object> parser) {
        return new ValueType(
                Kind.SIZE,
                "a size",
                "500 or 64KiB",
                parser,
                value -> Quantity.BYTES.format(((Number) value).longValue()),
                any -> true,
                null);
    }

    /**
     * The type of a record component.
     *
     * @param bytes whether a number is a size in bytes
     * @throws IllegalArgumentException when settings cannot have that type
     */
    static ValueType of(Type type, boolean bytes) {
        // no switch: the JVM's archives of classes cannot have the code that one of patterns makes
        if (type == String.class) {
            return TEXT;
        }
        if (type == int.class) {
            return bytes ? INT_SIZE : INT;
        }
        if (type == long.class) {
            return bytes ? LONG_SIZE : LONG;
        }
        if (type == boolean.class) {
            return BOOLEAN;
        }
        if (type == Duration.class) {
            return DURATION;
        }
        if (type == Path.class) {
            return PATH;
        }
        if (type instanceof Class<?> c && c.isEnum()) {
            return enumeration(c);
        }
        if (type instanceof ParameterizedType p
                && p.getRawType() == Map.class
                && p.getActualTypeArguments()[1] == VirtualHostConfig.class) {
            return HOSTS;
        }
        if (type instanceof ParameterizedType p && p.getRawType() == List.class) {
            return listOf(of(p.getActualTypeArguments()[0], bytes));
        }
        throw new IllegalArgumentException("no setting can be a " + type);
    }

    /** What a value is. */
    public Kind kind() {
        return kind;
    }

    /** The words that a value can be, as they are written; empty where it is no word. */
    public List<String> words() {
        return kind == Kind.WORD ? List.of(noun.substring(WORDS.length()).split(", ")) : List.of();
    }

    /** What a value has to be, as a noun phrase: "an integer". */
    public String noun() {
        return noun;
    }

    /** What values look like: "100ms or 5s"; empty where that goes without saying. */
    public String example() {
        return example;
    }

    /** The type of a list's elements; null when this is no list. */
    public @Nullable ValueType element() {
        return element;
    }

    /** Writes a value so that {@link #parse} reads it back. */
    public String format(Object value) {
        return formatter.apply(value);
    }

    /**
     * Reads a value.
     *
     * @throws RuntimeException when the text is none of this type's
     */
    Object parse(String text) {
        return parser.apply(text);
    }

    /** Whether the value, of the right Java type, is one that can be written and read back. */
    boolean accepts(Object value) {
        return accepted.test(value);
    }

    private static ValueType enumeration(Class<?> type) {
        Map<String, Object> constants = new LinkedHashMap<>();
        for (Object constant : type.getEnumConstants()) {
            constants.put(name(constant), constant);
        }
        Map<String, Object> words = new LinkedHashMap<>(constants);
        // `on` and `off` are booleans in YAML 1.1, so the other spellings of those are meant too.
        if (constants.containsKey("on") && constants.containsKey("off")) {
            List.of("true", "yes").forEach(word -> words.put(word, constants.get("on")));
            List.of("false", "no").forEach(word -> words.put(word, constants.get("off")));
        }
        return word(
                Kind.WORD,
                WORDS + String.join(", ", constants.keySet()),
                text -> lookUp(words, text),
                ValueType::name);
    }

    /** As text there can only be none of them. */
    private static Object parseHosts(String text) {
        if (!text.strip().equals("{}")) {
            throw new IllegalArgumentException(text);
        }
        return Map.of();
    }

    private static String formatHosts(Object hosts) {
        return ((Map<?, ?>) hosts)
                .entrySet().stream()
                        .map(each -> each.getKey() + " (" + each.getValue() + ")")
                        .collect(Collectors.joining(", ", "{", "}"));
    }

    private static ValueType listOf(ValueType element) {
        return new ValueType(
                Kind.LIST,
                "a list",
                "",
                text ->
                        Arrays.stream(text.split(",", -1))
                                .map(String::strip)
                                .filter(item -> !item.isEmpty())
                                .map(element::parse)
                                .toList(),
                list ->
                        ((List<?>) list)
                                .stream().map(element::format).collect(Collectors.joining(", ")),
                list -> ((List<?>) list).stream().allMatch(element::accepts),
                element);
    }

    private static Object parseBoolean(String text) {
        return lookUp(
                Map.of(
                        "true", true, "on", true, "yes", true, "false", false, "off", false, "no",
                        false),
                text);
    }

    private static Object lookUp(Map<String, Object> words, String text) {
        Object value = words.get(text.toLowerCase(Locale.ROOT));
        if (value == null) {
            throw new IllegalArgumentException(text);
        }
        return value;
    }

    private static String name(Object constant) {
        return ((Enum<?>) constant).name().toLowerCase(Locale.ROOT);
    }

    private static boolean isPrintable(Object value) {
        String text = value.toString();
        return !text.isBlank() && text.chars().noneMatch(Character::isISOControl);
    }
}

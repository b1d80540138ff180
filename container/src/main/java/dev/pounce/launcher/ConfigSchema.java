package dev.pounce.launcher;

import dev.pounce.config.AppConfig;
import dev.pounce.config.Key;
import dev.pounce.config.Schema;
import dev.pounce.config.ServerConfig;
import dev.pounce.config.ValueType;
import dev.pounce.config.VirtualHostConfig;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Writes the JSON Schema (draft 2020-12) of the configuration file, which editors check it by. */
final class ConfigSchema {
    private static final String SIZE = "^(0|[1-9][0-9]*)(KiB|MiB|GiB|TiB)$";

    /** Of what is only known where the server runs, an editor cannot say what it is. */
    private static final String PLACEHOLDER = "\\$\\{(env|sys):";

    private static final String DURATION = "^(0|[1-9][0-9]*(ms|s|m|h|d)|0(ms|s|m|h|d))$";

    private final Function<Key, @Nullable Object> defaults;
    private final List<String> further;

    /**
     * @param defaults the value of a key that is not set, or null where that depends
     * @param further members of the root
     */
    private ConfigSchema(Function<Key, @Nullable Object> defaults, List<String> further) {
        this.defaults = defaults;
        this.further = further;
    }

    /** {@code #/$defs/application} is for files of single applications. */
    private static String definitions() {
        ConfigSchema application =
                new ConfigSchema(AppConfig.of(ServerConfig.defaults())::value, List.of());
        String indent = "    ";
        List<String> members = new ArrayList<>();
        members.add(
                "\"description\": "
                        + Json.quote(
                                "Settings of one application, in WEB-INF/pounce.yaml or"
                                        + " conf/webapps/NAME.yaml; the defaults are those of a"
                                        + " server that changes nothing."));
        members.addAll(application.members(AppConfig.settings().root(), indent, true));
        return "\"$defs\": {\n" + indent + "\"application\": " + object(members, indent) + "\n  }";
    }

    private String root(String indent) {
        List<String> members = new ArrayList<>();
        members.add("\"$schema\": \"https://json-schema.org/draft/2020-12/schema\"");
        members.add("\"title\": \"Pounce\"");
        members.addAll(members(ServerConfig.schema().root(), indent, true));
        members.addAll(further);
        return object(members, indent);
    }

    /** The schema as JSON. */
    static String write() {
        return new ConfigSchema(ConfigSchema::defaultOf, List.of(definitions())).root("") + "\n";
    }

    private String group(Schema.Group group, String indent) {
        List<String> members = new ArrayList<>();
        members.add("\"description\": " + Json.quote(group.doc()));
        members.addAll(members(group, indent, false));
        return object(members, indent);
    }

    private List<String> members(Schema.Group group, String indent, boolean isRoot) {
        List<String> members = new ArrayList<>();
        members.add("\"type\": " + (isRoot ? "[\"object\", \"null\"]" : "\"object\""));
        members.add("\"additionalProperties\": false");
        List<String> properties =
                group.children().stream()
                        .map(node -> Json.quote(node.name()) + ": " + node(node, indent + "    "))
                        .toList();
        members.add("\"properties\": " + object(properties, indent + "  "));
        return members;
    }

    private String node(Schema.Node node, String indent) {
        return switch (node) {
            case Schema.Group group -> group(group, indent);
            case Key key -> key(key, indent);
        };
    }

    private String key(Key key, String indent) {
        List<String> members = new ArrayList<>();
        members.add("\"description\": " + Json.quote(key.doc()));
        members.addAll(type(key.type(), key));
        Object value = defaults.apply(key);
        if (!key.isSecret() && value != null) {
            members.add("\"default\": " + literal(key.type(), value));
        }
        return object(members, indent);
    }

    /** Those of a virtual host depend on what it is called. */
    private static @Nullable Object defaultOf(Key key) {
        return ServerConfig.schema().find(key.path()).orElse(null) == key
                ? ServerConfig.schema().value(ServerConfig.defaults(), key)
                : null;
    }

    private List<String> hosts() {
        Schema.Group each = VirtualHostConfig.schema().root();
        return List.of(
                "\"type\": [\"object\", \"null\"]",
                "\"additionalProperties\": " + group(each, "      "));
    }

    private List<String> type(ValueType type, @Nullable Key key) {
        return switch (type.kind()) {
            case TEXT, PATH -> List.of("\"type\": \"string\"", "\"minLength\": 1");
            case BOOLEAN -> anyOf("{\"enum\": [true, false, \"on\", \"off\", \"yes\", \"no\"]}");
            case WORD -> anyOf("{\"enum\": [" + words(type) + "]}");
            case INTEGER -> anyOf("{" + String.join(", ", integer(key)) + "}");
            case SIZE -> anyOf("{" + String.join(", ", integer(key)) + "}", text(SIZE));
            case DURATION -> anyOf("{\"const\": 0}", text(DURATION));
            case LIST -> {
                ValueType element = type.element();
                yield anyOf(
                        "{\"type\": \"array\", \"items\": {"
                                + (element == null ? "" : String.join(", ", type(element, null)))
                                + "}}");
            }
            case HOSTS -> hosts();
        };
    }

    private static List<String> integer(@Nullable Key key) {
        List<String> members = new ArrayList<>(List.of("\"type\": \"integer\""));
        if (key != null && key.min() != null) {
            members.add("\"minimum\": " + key.min());
        }
        if (key != null && key.max() != null) {
            members.add("\"maximum\": " + key.max());
        }
        return members;
    }

    private static List<String> anyOf(String... alternatives) {
        List<String> all = new ArrayList<>(List.of(alternatives));
        all.add(text(PLACEHOLDER));
        return List.of("\"anyOf\": [" + String.join(", ", all) + "]");
    }

    private static String text(String pattern) {
        return "{\"type\": \"string\", \"pattern\": " + Json.quote(pattern) + "}";
    }

    /** YAML 1.1 reads on and off as booleans, so editors do. */
    private static String words(ValueType type) {
        List<String> words = new ArrayList<>(type.words().stream().map(Json::quote).toList());
        if (type.words().containsAll(List.of("on", "off"))) {
            words.addAll(List.of("true", "false"));
        }
        return String.join(", ", words);
    }

    private static String literal(ValueType type, Object value) {
        return switch (type.kind()) {
            case BOOLEAN, INTEGER -> value.toString();
            case LIST ->
                    ((List<?>) value)
                            .stream()
                                    .map(item -> Json.quote(item.toString()))
                                    .collect(Collectors.joining(", ", "[", "]"));
            case SIZE -> {
                String text = type.format(value);
                yield text.matches("\\d+") ? text : Json.quote(text);
            }
            case HOSTS -> "{}";
            case TEXT, PATH, WORD, DURATION -> Json.quote(type.format(value));
        };
    }

    private static String object(List<String> members, String indent) {
        return members.isEmpty()
                ? "{}"
                : members.stream()
                        .map(member -> "\n" + indent + "  " + member)
                        .collect(Collectors.joining(",", "{", "\n" + indent + "}"));
    }
}

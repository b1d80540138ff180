package dev.pounce.launcher;

import dev.pounce.config.AppConfig;
import dev.pounce.config.Key;
import dev.pounce.config.Placeholders;
import dev.pounce.config.Schema;
import dev.pounce.config.ServerConfig;
import dev.pounce.config.SettingTree;
import dev.pounce.config.VirtualHostConfig;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** Writes a configuration as the commented YAML file that sets it. */
final class ConfigYaml {

    private static final int WIDTH = 96;

    private final Function<Key, Object> values;
    private final boolean secrets;
    private final StringBuilder out = new StringBuilder();

    private ConfigYaml(Function<Key, Object> values, boolean secrets) {
        this.values = values;
        this.secrets = secrets;
    }

    /**
     * Every setting with its meaning and its value in the configuration.
     *
     * @param header what the comment at the top of the file says
     * @param secrets whether secrets that differ from the default are written too
     */
    static String write(ServerConfig config, String header, boolean secrets) {
        Schema<ServerConfig> schema = ServerConfig.schema();
        return write(schema, key -> schema.value(config, key), header, secrets);
    }

    /** The settings of an application, each with its meaning and its value. */
    static String write(AppConfig config, String header) {
        return write(AppConfig.settings(), config::value, header, false);
    }

    private static String write(
            SettingTree settings, Function<Key, Object> values, String header, boolean secrets) {
        ConfigYaml yaml = new ConfigYaml(values, secrets);
        header.lines().forEach(line -> yaml.out.append(("# " + line).strip()).append('\n'));
        yaml.children(settings.root(), "");
        return yaml.out.toString();
    }

    private void children(Schema.Group group, String indent) {
        for (Schema.Node node : group.children()) {
            out.append('\n');
            switch (node) {
                case Schema.Group inner -> {
                    comment(indent, inner.doc());
                    out.append(indent).append(inner.name()).append(":\n");
                    children(inner, indent + "  ");
                }
                case Key key -> {
                    comment(indent, key.doc() + " " + sentence(key.values()));
                    if (isHidden(key)) {
                        out.append(indent).append("# ").append(key.name()).append(": a secret\n");
                    } else {
                        out.append(indent).append(key.name()).append(':');
                        value(key, indent + "  ");
                    }
                }
            }
        }
    }

    private boolean isHidden(Key key) {
        Schema<ServerConfig> schema = ServerConfig.schema();
        return key.isSecret()
                && !secrets
                && !values.apply(key).equals(schema.value(ServerConfig.defaults(), key));
    }

    private void value(Key key, String indent) {
        switch (values.apply(key)) {
            case Map<?, ?> hosts -> hosts(hosts, indent);
            case Object value -> value(key, value, indent);
        }
    }

    private void value(Key key, Object value, String indent) {
        if (!(value instanceof List<?> list)) {
            out.append(' ').append(scalar(key.type().format(value))).append('\n');
        } else if (list.isEmpty()) {
            out.append(" []\n");
        } else {
            out.append('\n');
            list.forEach(item -> out.append(indent).append("- ").append(scalar(item)).append('\n'));
        }
    }

    private void hosts(Map<?, ?> hosts, String indent) {
        out.append(hosts.isEmpty() ? " {}\n" : "\n");
        Schema<VirtualHostConfig> schema = VirtualHostConfig.schema();
        hosts.forEach(
                (id, host) -> {
                    out.append(indent).append(id).append(":\n");
                    for (Key key : schema.keys()) {
                        out.append(indent).append("  ").append(key.name()).append(':');
                        value(key, schema.value((VirtualHostConfig) host, key), indent + "    ");
                    }
                });
    }

    /** Quotes what YAML might read as something else than the text that it is. */
    private static String scalar(Object value) {
        String text = Placeholders.escape(value.toString());
        boolean plain =
                text.matches("[A-Za-z0-9/][A-Za-z0-9/._+-]*")
                        && !text.toLowerCase(Locale.ROOT).equals("null");
        return plain ? text : '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private void comment(String indent, String text) {
        for (String line : wrap(text.replace("`", ""), WIDTH - indent.length() - 2)) {
            out.append(indent).append("# ").append(line).append('\n');
        }
    }

    private static List<String> wrap(String text, int width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.split(" ")) {
            if (!line.isEmpty() && line.length() + 1 + word.length() > width) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }

    private static String sentence(String words) {
        return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1) + ".";
    }
}

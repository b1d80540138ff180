package dev.pounce.yaml;

import dev.pounce.config.ConfigException;
import dev.pounce.config.Key;
import dev.pounce.config.Placeholders;
import dev.pounce.config.Schema;
import dev.pounce.config.SettingTree;
import dev.pounce.config.ValueType;
import dev.pounce.config.VirtualHostConfig;

import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A configuration file. It is only composed, never constructed: the tree of nodes says at which
 * line and column everything is, the settings read the scalars' text themselves, and no alias is
 * ever copied out.
 */
public final class YamlFile {

    private static final int MAX_BYTES = 1 << 20;
    private static final int MAX_ALIASES = 20;
    private static final int MAX_DEPTH = 20;

    private final SettingTree tree;
    private final Path base;
    private final Placeholders placeholders;
    private final SettingCollector settings;

    /** What messages call the file. */
    private String name = "";

    /**
     * A reader of files.
     *
     * @param tree the settings that they may have
     * @param base where relative paths in them start
     * @param placeholders what their values may have in them
     * @param settings where their settings and problems go
     */
    public YamlFile(
            SettingTree tree, Path base, Placeholders placeholders, SettingCollector settings) {
        this.tree = tree;
        this.base = base;
        this.placeholders = placeholders;
        this.settings = settings;
    }

    /** Reads a file; whatever is wrong with it becomes a problem. */
    public void read(Path file) {
        read(file.toString(), () -> open(file));
    }

    private static InputStream open(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            throw new IOException("it is a directory");
        }
        return Files.newInputStream(file);
    }

    /**
     * Reads a file that is somewhere else than in the file system; whatever is wrong with it
     * becomes a problem.
     *
     * @param called what messages call it
     * @param content is asked once
     */
    public void read(String called, Content content) {
        name = called;
        try {
            Node root = compose(text(content));
            if (root != null) {
                group(tree.root(), root);
            }
        } catch (NoSuchFileException e) {
            settings.problem(name, "there is no such file");
        } catch (AccessDeniedException e) {
            settings.problem(name, "may not be read by this user");
        } catch (CharacterCodingException e) {
            settings.problem(name, "is not UTF-8 text");
        } catch (IOException e) {
            settings.problem(name, "cannot be read: " + e.getMessage());
        } catch (MarkedYAMLException e) {
            settings.problem(at(e.getProblemMark()), "no valid YAML: " + oneLine(e));
        } catch (YAMLException e) {
            settings.problem(name, "no valid YAML: " + e.getMessage());
        }
    }

    /** Where the bytes of a file come from. */
    public interface Content {
        /**
         * Opens them.
         *
         * @throws IOException when they cannot be read
         */
        InputStream open() throws IOException;
    }

    private static String text(Content content) throws IOException {
        byte[] bytes;
        try (InputStream in = content.open()) {
            bytes = in.readNBytes(MAX_BYTES + 1);
        }
        if (bytes.length > MAX_BYTES) {
            throw new IOException("it is larger than 1 MiB");
        }
        return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    }

    private static @Nullable Node compose(String text) {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(MAX_BYTES);
        options.setMaxAliasesForCollections(MAX_ALIASES);
        options.setNestingDepthLimit(MAX_DEPTH);
        return new Yaml(new SafeConstructor(options)).compose(new StringReader(text));
    }

    private void group(Schema.Group group, Node node) {
        if (isNull(node)) {
            return;
        }
        if (!(node instanceof MappingNode mapping)) {
            String subject = group.path().isEmpty() ? "the file" : group.path();
            problem(node, subject + ": " + SettingTree.isGroup(group));
            return;
        }
        Map<String, Mark> seen = new HashMap<>();
        for (NodeTuple entry : mapping.getValue()) {
            if (!(entry.getKeyNode() instanceof ScalarNode key)) {
                problem(entry.getKeyNode(), "a setting's name cannot be a list or a mapping");
                continue;
            }
            Mark first = seen.putIfAbsent(key.getValue(), key.getStartMark());
            String path = group.childPath(key.getValue());
            if (first == null) {
                child(path, key, entry.getValueNode());
            } else {
                problem(key, path + ": is already set in line " + (first.getLine() + 1));
            }
        }
    }

    private void child(String path, Node keyNode, Node value) {
        Schema.Node node = tree.find(path).orElse(null);
        if (node instanceof Schema.Group group) {
            group(group, value);
        } else if (node instanceof Key key && key.type().kind() == ValueType.Kind.HOSTS) {
            hosts(key, value);
        } else if (node instanceof Key key) {
            key(key, value);
        } else {
            problem(keyNode, path + ": " + tree.unknown(path));
        }
    }

    private void key(Key key, Node value) {
        Map<ScalarNode, String> texts = new IdentityHashMap<>();
        List<Node> scalars =
                value instanceof SequenceNode sequence ? sequence.getValue() : List.of(value);
        boolean complete = true;
        for (Node each : scalars) {
            if (each instanceof ScalarNode scalar) {
                try {
                    texts.put(scalar, placeholders.replace(scalar.getValue()));
                } catch (IllegalArgumentException e) {
                    problem(scalar, key.path() + ": " + e.getMessage());
                    complete = false;
                }
            }
        }
        if (complete) {
            settings.set(key, at(value.getStartMark()), base, any -> value(key, value, texts));
        }
    }

    private static Object value(Key key, Node node, Map<ScalarNode, String> texts) {
        if (isNull(node)) {
            throw new ConfigException(key.path(), "has no value; it is " + key.expected());
        }
        if (node instanceof ScalarNode scalar) {
            return key.parse(text(scalar, texts));
        }
        if (node instanceof SequenceNode sequence) {
            return key.parse(elements(key, sequence, texts));
        }
        throw new ConfigException(key.path(), "is no group but " + key.expected());
    }

    private static List<String> elements(
            Key key, SequenceNode sequence, Map<ScalarNode, String> texts) {
        List<String> elements = new ArrayList<>();
        for (Node element : sequence.getValue()) {
            if (!(element instanceof ScalarNode scalar) || isNull(element)) {
                throw new ConfigException(key.path(), "can only have plain values in its list");
            }
            elements.add(text(scalar, texts));
        }
        return elements;
    }

    private static String text(ScalarNode scalar, Map<ScalarNode, String> texts) {
        return Objects.requireNonNull(texts.get(scalar));
    }

    private void hosts(Key key, Node node) {
        if (isNull(node)) {
            return;
        }
        if (!(node instanceof MappingNode mapping)) {
            problem(node, key.path() + ": has to be " + key.expected());
            return;
        }
        Map<String, VirtualHostConfig> hosts = new LinkedHashMap<>();
        Map<String, Mark> seen = new HashMap<>();
        for (NodeTuple entry : mapping.getValue()) {
            if (!(entry.getKeyNode() instanceof ScalarNode id)) {
                problem(entry.getKeyNode(), "what a host is called is no list and no mapping");
                continue;
            }
            Mark first = seen.putIfAbsent(id.getValue(), id.getStartMark());
            if (first != null) {
                problem(id, key.path() + ": the host is in line " + (first.getLine() + 1) + " too");
                continue;
            }
            try {
                VirtualHostConfig defaults = VirtualHostConfig.defaults(id.getValue());
                host(key.path() + "." + id.getValue(), defaults, id, entry.getValueNode())
                        .ifPresent(host -> hosts.put(id.getValue(), host));
            } catch (ConfigException e) {
                problem(id, e.getMessage());
            }
        }
        settings.set(key, at(node.getStartMark()), base, any -> hosts);
    }

    private Optional<VirtualHostConfig> host(
            String path, VirtualHostConfig defaults, Node id, Node node) {
        Schema<VirtualHostConfig> own = VirtualHostConfig.schema();
        SettingCollector collected = new SettingCollector(path + ".");
        YamlFile part = new YamlFile(own, base, placeholders, collected);
        part.name = name;
        part.group(own.root(), node);
        settings.takeOver(collected);
        Map<String, Object> found = collected.valuesIfRight();
        if (found == null) {
            return Optional.empty();
        }
        Map<String, Object> values = new HashMap<>(found);
        values.putIfAbsent("webapps", SettingCollector.resolve(base, defaults.webapps()));
        values.putIfAbsent(
                "webapps_javax", SettingCollector.resolve(base, defaults.webappsJavax()));
        try {
            return Optional.of(own.with(defaults, values));
        } catch (ConfigException e) {
            problem(id, path + "." + e.getMessage());
            return Optional.empty();
        }
    }

    private static boolean isNull(Node node) {
        return node.getTag().equals(Tag.NULL);
    }

    private void problem(Node node, String problem) {
        settings.problem(at(node.getStartMark()), problem);
    }

    private String at(@Nullable Mark mark) {
        return mark == null
                ? name
                : name + ":" + (mark.getLine() + 1) + ":" + (mark.getColumn() + 1);
    }

    private static String oneLine(MarkedYAMLException e) {
        String context = e.getContext() == null ? "" : e.getContext() + ", ";
        return (context + e.getProblem()).replaceAll("\\s+", " ");
    }
}

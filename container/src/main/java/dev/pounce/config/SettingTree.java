package dev.pounce.config;

import dev.pounce.config.Schema.Group;
import dev.pounce.config.Schema.Node;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The settings that a file may have, in their groups. Immutable and safe for use by any thread. */
public sealed class SettingTree permits Schema, AppSettingTree {

    private final Group root;
    private final Map<String, Node> nodes = new LinkedHashMap<>();

    /**
     * @param root the group of everything, whose path is empty
     */
    SettingTree(Group root) {
        this.root = root;
        add(root);
    }

    private void add(Group group) {
        for (Node child : group.children()) {
            nodes.put(child.path(), child);
            if (child instanceof Group inner) {
                add(inner);
            }
        }
    }

    /** The group of everything. */
    public Group root() {
        return root;
    }

    /** All keys, in the order of the records. */
    public List<Key> keys() {
        return nodes.values().stream().filter(Key.class::isInstance).map(Key.class::cast).toList();
    }

    /** The group or key at a path. */
    public Optional<Node> find(String path) {
        return Optional.ofNullable(nodes.get(path));
    }

    /**
     * The key at a path.
     *
     * @throws ConfigException when there is none, saying which one may be meant
     */
    public Key key(String path) {
        Node node = nodes.get(path);
        if (node instanceof Key key) {
            return key;
        }
        throw new ConfigException(
                path, node instanceof Group group ? isGroup(group) : unknown(path));
    }

    /** Says of a group that it takes no value, and what to set instead. */
    public static String isGroup(Group group) {
        return "is a group of settings and takes no value; it has " + names(group);
    }

    /** Says that there is no setting of that path, and which one may be meant. */
    public String unknown(String path) {
        return Nearest.path(path, nodes.keySet())
                .map(nearest -> "unknown setting; did you mean " + nearest + "?")
                .orElseGet(() -> "unknown setting; valid here: " + names(parent(path)));
    }

    /** The key that a path without its dots and underscores resembles most. */
    public Optional<Key> nearestKey(String path) {
        return Nearest.path(path, keys().stream().map(Key::path).toList()).map(this::key);
    }

    private Group parent(String path) {
        int dot = path.lastIndexOf('.');
        Node parent = dot < 0 ? root : nodes.get(path.substring(0, dot));
        return parent instanceof Group group ? group : root;
    }

    private static String names(Group group) {
        return String.join(", ", group.children().stream().map(Node::name).toList());
    }
}

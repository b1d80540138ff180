package dev.pounce.config;

import dev.pounce.config.Schema.Group;
import dev.pounce.config.Schema.Node;

import java.util.ArrayList;
import java.util.List;

/** The settings of applications: their own, and those of the server that they may change. */
final class AppSettingTree extends SettingTree {

    AppSettingTree(Group own, Group server) {
        super(joined(own, server));
    }

    @Override
    public String unknown(String path) {
        return ServerConfig.schema().find(path).isPresent()
                ? "is the same for all applications: it is a setting of the server"
                : super.unknown(path);
    }

    private static Group joined(Group own, Group server) {
        List<Node> children = new ArrayList<>(own.children());
        children.addAll(part(server).children());
        return new Group("", "", own.type(), List.copyOf(children));
    }

    private static Group part(Group group) {
        List<Node> children = new ArrayList<>();
        for (Node child : group.children()) {
            switch (child) {
                case Key key when key.app() == Setting.App.SAME -> {}
                case Key key -> children.add(key);
                case Group inner -> {
                    Group rest = part(inner);
                    if (!rest.children().isEmpty()) {
                        children.add(rest);
                    }
                }
            }
        }
        return new Group(group.path(), group.doc(), group.type(), List.copyOf(children));
    }
}

package dev.pounce.servlet.model;

import dev.pounce.config.Account;
import dev.pounce.password.StoredPassword;

import org.jspecify.annotations.Nullable;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads a file of users in the format of tomcat-users.xml. */
public final class UsersReader {
    private final String algorithm;
    private final Map<String, Set<String>> rolesByGroup = new HashMap<>();

    private UsersReader(String algorithm) {
        this.algorithm = algorithm;
    }

    /**
     * The users, in their order.
     *
     * @param in the document, which is not closed
     * @param algorithm how passwords are hashed that do not say so themselves, or {@link
     *     StoredPassword#PLAIN}
     * @throws DescriptorException when it is malformed; the message begins with line and column
     */
    public static List<Account> read(InputStream in, String algorithm) throws DescriptorException {
        Element root = XmlTree.read(in);
        if (!root.name().equals("tomcat-users")) {
            throw root.wrong("the document must be a <tomcat-users>");
        }
        UsersReader reader = new UsersReader(algorithm);
        for (Element each : root.all("group")) {
            reader.rolesByGroup.put(name(each, "groupname"), list(each, "roles"));
        }
        List<Account> users = new ArrayList<>();
        for (Element each : root.all("user")) {
            users.add(reader.user(each));
        }
        return users;
    }

    private Account user(Element element) throws DescriptorException {
        String name = name(element, "username");
        String password = element.attributes().get("password");
        if (password == null) {
            throw element.wrong("<user> needs a username and a password");
        }
        Set<String> roles = list(element, "roles");
        for (String group : list(element, "groups")) {
            Set<String> more = rolesByGroup.get(group);
            if (more == null) {
                throw element.wrong(
                        "the user " + name + " is in a group that there is not: " + group);
            }
            roles.addAll(more);
        }
        try {
            return new Account(name, StoredPassword.parse(password, algorithm), roles);
        } catch (IllegalArgumentException e) {
            throw element.wrong(
                    "the password of the user " + name + " cannot be read: " + e.getMessage());
        }
    }

    /** Both names of the attribute are in use. */
    private static String name(Element element, String attribute) throws DescriptorException {
        String name = element.attributes().get(attribute);
        String found = name != null ? name : element.attributes().get("name");
        if (found == null) {
            throw element.wrong(
                    "<"
                            + element.name()
                            + "> needs a "
                            + attribute
                            + (element.name().equals("user") ? " and a password" : ""));
        }
        return found;
    }

    private static Set<String> list(Element element, String attribute) {
        @Nullable String list = element.attributes().get(attribute);
        Set<String> names = new LinkedHashSet<>();
        if (list != null) {
            for (String each : list.split(",")) {
                if (!each.isBlank()) {
                    names.add(each.strip());
                }
            }
        }
        return names;
    }
}

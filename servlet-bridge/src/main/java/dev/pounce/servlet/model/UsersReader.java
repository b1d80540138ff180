package dev.pounce.servlet.model;

import org.jspecify.annotations.Nullable;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Reads a file of users in the format of tomcat-users.xml. */
public final class UsersReader {
    private UsersReader() {}

    /**
     * The users, in their order.
     *
     * @param in the document, which is not closed
     * @throws DescriptorException when it is malformed; the message begins with line and column
     */
    public static List<UserDeclaration> read(InputStream in) throws DescriptorException {
        Element root = XmlTree.read(in);
        if (!root.name().equals("tomcat-users")) {
            throw root.wrong("the document must be a <tomcat-users>");
        }
        List<UserDeclaration> users = new ArrayList<>();
        for (Element each : root.all("user")) {
            users.add(user(each));
        }
        return users;
    }

    private static UserDeclaration user(Element element) throws DescriptorException {
        // Both names of the attribute are in use.
        String name = element.attributes().get("username");
        String found = name != null ? name : element.attributes().get("name");
        String password = element.attributes().get("password");
        if (found == null || password == null) {
            throw element.wrong("<user> needs a username and a password");
        }
        return new UserDeclaration(found, password, roles(element.attributes().get("roles")));
    }

    private static Set<String> roles(@Nullable String list) {
        Set<String> roles = new LinkedHashSet<>();
        if (list != null) {
            for (String role : list.split(",")) {
                if (!role.isBlank()) {
                    roles.add(role.strip());
                }
            }
        }
        return roles;
    }
}

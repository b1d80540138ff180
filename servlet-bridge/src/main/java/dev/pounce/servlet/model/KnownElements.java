package dev.pounce.servlet.model;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The elements of descriptors from 2.2 to 6.1. What is unknown is read over and told once, because
 * an application that was written for another container still runs.
 */
final class KnownElements {
    private static final String COMMON =
            " description display-name icon distributable context-param filter filter-mapping"
                    + " listener servlet servlet-mapping session-config mime-mapping"
                    + " welcome-file-list error-page taglib jsp-config security-constraint"
                    + " login-config security-role locale-encoding-mapping-list post-construct"
                    + " pre-destroy request-character-encoding response-character-encoding"
                    + " deny-uncovered-http-methods";

    /** References into a naming context, and resources that are to be put there. */
    private static final Set<String> NAMING =
            Set.of(
                    "env-entry",
                    "ejb-ref",
                    "ejb-local-ref",
                    "service-ref",
                    "resource-ref",
                    "resource-env-ref",
                    "message-destination",
                    "message-destination-ref",
                    "persistence-context-ref",
                    "persistence-unit-ref",
                    "data-source",
                    "jms-connection-factory",
                    "jms-destination",
                    "mail-session",
                    "connection-factory",
                    "administered-object",
                    "context-service",
                    "managed-executor",
                    "managed-scheduled-executor",
                    "managed-thread-factory");

    private static final Map<String, Set<String>> CHILDREN =
            table(
                    "web-app: module-name default-context-path absolute-ordering" + COMMON,
                    "web-fragment: name ordering" + COMMON,
                    "servlet: description display-name icon servlet-name servlet-class jsp-file"
                            + " init-param load-on-startup enabled async-supported run-as"
                            + " security-role-ref multipart-config",
                    "servlet-mapping: servlet-name url-pattern",
                    "filter: description display-name icon filter-name filter-class async-supported"
                            + " init-param",
                    "filter-mapping: filter-name url-pattern servlet-name dispatcher",
                    "context-param: description param-name param-value",
                    "init-param: description param-name param-value",
                    "listener: description display-name icon listener-class",
                    "session-config: session-timeout cookie-config tracking-mode",
                    "cookie-config: name domain path comment http-only secure max-age attribute",
                    "multipart-config: location max-file-size max-request-size file-size-threshold",
                    "run-as: description role-name",
                    "security-role-ref: description role-name role-link",
                    "security-role: description role-name",
                    "mime-mapping: extension mime-type",
                    "error-page: error-code exception-type location",
                    "welcome-file-list: welcome-file",
                    "jsp-config: taglib jsp-property-group",
                    "login-config: auth-method realm-name form-login-config",
                    "form-login-config: form-login-page form-error-page",
                    "security-constraint: display-name web-resource-collection auth-constraint"
                            + " user-data-constraint",
                    "web-resource-collection: web-resource-name description url-pattern http-method"
                            + " http-method-omission",
                    "auth-constraint: description role-name",
                    "user-data-constraint: description transport-guarantee",
                    "locale-encoding-mapping-list: locale-encoding-mapping",
                    "locale-encoding-mapping: locale encoding",
                    "absolute-ordering: name others",
                    "ordering: before after",
                    "before: name others",
                    "after: name others");

    private KnownElements() {}

    private static Map<String, Set<String>> table(String... lines) {
        Map<String, Set<String>> table = new HashMap<>();
        for (String line : lines) {
            int colon = line.indexOf(':');
            table.put(
                    line.substring(0, colon),
                    Set.of(line.substring(colon + 1).strip().split(" +")));
        }
        return table;
    }

    /** Tells of each kind of element that has no effect, with the place of its first one. */
    static void check(Element root, Consumer<String> told) {
        Map<String, String> found = new LinkedHashMap<>();
        collect(root, found);
        found.values().forEach(told);
    }

    private static void collect(Element parent, Map<String, String> found) {
        Set<String> known = CHILDREN.get(parent.name());
        for (Element each : parent.children()) {
            String name = "<" + each.name() + ">";
            if (known == null) {
                continue;
            }
            if (known.contains(each.name())) {
                collect(each, found);
            } else if (NAMING.contains(each.name())) {
                found.putIfAbsent(
                        name,
                        each.place() + ": " + name + " has no effect: this server has no JNDI");
            } else {
                String where = name + " in <" + parent.name() + ">";
                found.putIfAbsent(
                        where, each.place() + ": " + where + " is unknown and has no effect");
            }
        }
    }
}

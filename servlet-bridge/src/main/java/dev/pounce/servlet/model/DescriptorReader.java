package dev.pounce.servlet.model;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.SessionTrackingMode;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads a web.xml or web-fragment.xml of any version (Servlet specification, chapter 14). Names
 * count without their namespace, so that a descriptor of any time, or one without a namespace, is
 * read alike. Used once.
 */
public final class DescriptorReader {
    /** Elements that are for tools and say nothing to a container. */
    private static final Set<String> FOR_TOOLS =
            Set.of("description", "icon", "distributable", "name");

    private static final Map<String, String> COOKIE_ATTRIBUTES =
            Map.of(
                    "domain", "Domain",
                    "path", "Path",
                    "http-only", "HttpOnly",
                    "secure", "Secure",
                    "max-age", "Max-Age");

    private final DescriptorBuilder found = new DescriptorBuilder();

    private DescriptorReader() {}

    /**
     * Reads a descriptor; nothing but the stream is read.
     *
     * @param in the document, which is not closed
     * @throws DescriptorException when it is malformed; the message begins with the line
     */
    public static Descriptor read(InputStream in) throws DescriptorException {
        Element root = XmlTree.read(in);
        if (!root.name().equals("web-app") && !root.name().equals("web-fragment")) {
            throw root.wrong("the document must be a <web-app> or a <web-fragment>");
        }
        DescriptorReader reader = new DescriptorReader();
        for (Element element : root.children()) {
            reader.accept(element);
        }
        reader.checkNames(root);
        String complete = root.attributes().get("metadata-complete");
        reader.found.metadataComplete("true".equals(complete));
        return reader.found.build();
    }

    private void accept(Element element) throws DescriptorException {
        switch (element.name()) {
            case "display-name" -> found.displayName(element.text());
            case "context-param" -> parameter(element, found.contextParameters());
            case "listener" -> found.listener(element.required("listener-class"));
            case "servlet" -> found.servlet(servlet(element));
            case "servlet-mapping" -> found.servletMapping(servletMapping(element));
            case "filter" -> found.filter(filter(element));
            case "filter-mapping" -> found.filterMapping(filterMapping(element));
            case "welcome-file-list" -> found.welcomeFiles().addAll(element.texts("welcome-file"));
            case "error-page" -> found.errorPage(errorPage(element));
            case "mime-mapping" ->
                    found.mimeTypes()
                            .put(element.required("extension"), element.required("mime-type"));
            case "locale-encoding-mapping-list" -> localeCharsets(element);
            case "request-character-encoding" -> found.requestCharset(element.text());
            case "response-character-encoding" -> found.responseCharset(element.text());
            case "session-config" -> found.session(session(element));
            case "security-constraint" -> found.constraint(constraint(element));
            case "login-config" -> found.login(login(element));
            case "deny-uncovered-http-methods" -> found.uncoveredDenied();
            case "security-role" -> found.role(element.required("role-name"));
            default -> skip(element.name());
        }
    }

    private void skip(String name) {
        if (!FOR_TOOLS.contains(name)) {
            found.skipped(name);
        }
    }

    private static void parameter(Element element, Map<String, String> into)
            throws DescriptorException {
        String value = element.optional("param-value");
        if (value == null) {
            throw element.wrong("<" + element.name() + "> needs a <param-value>");
        }
        into.put(element.required("param-name"), value);
    }

    private static Map<String, String> initParameters(Element element) throws DescriptorException {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (Element each : element.all("init-param")) {
            parameter(each, parameters);
        }
        return parameters;
    }

    private ServletDeclaration servlet(Element element) throws DescriptorException {
        if (!element.all("run-as").isEmpty()) {
            skip("run-as");
        }
        if (!element.all("security-role-ref").isEmpty()) {
            skip("security-role-ref");
        }
        // An empty load-on-startup asks for a start without saying when.
        String startup = element.optional("load-on-startup");
        boolean anyOrder = startup != null && startup.isEmpty();
        List<Element> multipart = element.all("multipart-config");
        return new ServletDeclaration(
                element.required("servlet-name"),
                element.optional("servlet-class"),
                element.optional("jsp-file"),
                initParameters(element),
                element.integer("load-on-startup", anyOrder ? Integer.MAX_VALUE : -1),
                element.flag("async-supported", false),
                element.flag("enabled", true),
                multipart.isEmpty() ? null : multipart(multipart.get(0)));
    }

    private static MultipartLimits multipart(Element element) throws DescriptorException {
        String location = element.optional("location");
        return new MultipartLimits(
                location == null ? "" : location,
                element.number("max-file-size", -1),
                element.number("max-request-size", -1),
                element.integer("file-size-threshold", 0));
    }

    private static ServletMapping servletMapping(Element element) throws DescriptorException {
        List<String> patterns = element.texts("url-pattern");
        if (patterns.isEmpty()) {
            throw element.wrong("<servlet-mapping> needs a <url-pattern>");
        }
        return new ServletMapping(element.required("servlet-name"), patterns);
    }

    private static FilterDeclaration filter(Element element) throws DescriptorException {
        return new FilterDeclaration(
                element.required("filter-name"),
                element.optional("filter-class"),
                initParameters(element),
                element.flag("async-supported", false));
    }

    private static FilterMapping filterMapping(Element element) throws DescriptorException {
        List<String> patterns = element.texts("url-pattern");
        List<String> names = element.texts("servlet-name");
        if (patterns.isEmpty() && names.isEmpty()) {
            throw element.wrong("<filter-mapping> needs a <url-pattern> or a <servlet-name>");
        }
        Set<DispatcherType> types = EnumSet.noneOf(DispatcherType.class);
        for (String type : element.texts("dispatcher")) {
            try {
                types.add(DispatcherType.valueOf(type));
            } catch (IllegalArgumentException e) {
                throw element.wrong(
                        "<dispatcher> must be FORWARD, INCLUDE, REQUEST, ASYNC or ERROR, not \""
                                + type
                                + "\"");
            }
        }
        return new FilterMapping(element.required("filter-name"), patterns, names, types);
    }

    private static ErrorPage errorPage(Element element) throws DescriptorException {
        String location = element.required("location");
        if (!location.startsWith("/")) {
            throw element.wrong("the <location> of an error page must begin with /");
        }
        return new ErrorPage(
                element.integer("error-code", 0), element.optional("exception-type"), location);
    }

    private void localeCharsets(Element list) throws DescriptorException {
        for (Element element : list.all("locale-encoding-mapping")) {
            found.localeCharsets().put(element.required("locale"), element.required("encoding"));
        }
    }

    private static SecurityConstraint constraint(Element element) throws DescriptorException {
        List<SecurityConstraint.Resources> resources = new ArrayList<>();
        for (Element each : element.all("web-resource-collection")) {
            Set<String> methods = Set.copyOf(each.texts("http-method"));
            Set<String> omitted = Set.copyOf(each.texts("http-method-omission"));
            if (!methods.isEmpty() && !omitted.isEmpty()) {
                throw each.wrong(
                        "<web-resource-collection> must not have both <http-method> and"
                                + " <http-method-omission>");
            }
            List<String> patterns = each.texts("url-pattern");
            resources.add(new SecurityConstraint.Resources(patterns, methods, omitted));
        }
        if (resources.isEmpty()) {
            throw element.wrong("<security-constraint> needs a <web-resource-collection>");
        }
        List<Element> auth = element.all("auth-constraint");
        Set<String> roles = auth.isEmpty() ? Set.of() : Set.copyOf(auth.get(0).texts("role-name"));
        SecurityConstraint.Access access =
                auth.isEmpty()
                        ? SecurityConstraint.Access.EVERYBODY
                        : roles.isEmpty()
                                ? SecurityConstraint.Access.NOBODY
                                : SecurityConstraint.Access.ROLES;
        return new SecurityConstraint(resources, access, roles, isConfidential(element));
    }

    private static boolean isConfidential(Element element) throws DescriptorException {
        for (Element each : element.all("user-data-constraint")) {
            String guarantee = each.required("transport-guarantee");
            switch (guarantee) {
                case "NONE" -> {}
                case "INTEGRAL", "CONFIDENTIAL" -> {
                    return true;
                }
                default ->
                        throw each.wrong(
                                "<transport-guarantee> must be NONE, INTEGRAL or CONFIDENTIAL, not"
                                        + " \""
                                        + guarantee
                                        + "\"");
            }
        }
        return false;
    }

    private static LoginConfig login(Element element) {
        String method = element.optional("auth-method");
        return new LoginConfig(
                method == null || method.isEmpty() ? "BASIC" : method,
                element.optional("realm-name"));
    }

    private static SessionDeclaration session(Element element) throws DescriptorException {
        Integer timeout =
                element.all("session-timeout").isEmpty()
                        ? null
                        : element.integer("session-timeout", 30);
        Set<SessionTrackingMode> modes = EnumSet.noneOf(SessionTrackingMode.class);
        for (String mode : element.texts("tracking-mode")) {
            try {
                modes.add(SessionTrackingMode.valueOf(mode));
            } catch (IllegalArgumentException e) {
                throw element.wrong(
                        "<tracking-mode> must be COOKIE, URL or SSL, not \"" + mode + "\"");
            }
        }
        List<Element> cookies = element.all("cookie-config");
        if (cookies.isEmpty()) {
            return new SessionDeclaration(timeout, null, Map.of(), modes);
        }
        Element cookie = cookies.get(0);
        return new SessionDeclaration(
                timeout, cookie.optional("name"), cookieAttributes(cookie), modes);
    }

    private static Map<String, String> cookieAttributes(Element cookie) throws DescriptorException {
        Map<String, String> attributes = new LinkedHashMap<>();
        COOKIE_ATTRIBUTES.forEach(
                (element, attribute) -> {
                    String value = cookie.optional(element);
                    if (value != null) {
                        attributes.put(attribute, value);
                    }
                });
        for (Element each : cookie.all("attribute")) {
            attributes.put(each.required("attribute-name"), each.required("attribute-value"));
        }
        return attributes;
    }

    /** The same name twice in one descriptor is a mistake (section 14.4.1). */
    private void checkNames(Element root) throws DescriptorException {
        Set<String> names = new HashSet<>();
        for (ServletDeclaration servlet : found.servlets()) {
            if (!names.add(servlet.name())) {
                throw root.wrong("the servlet " + servlet.name() + " is declared twice");
            }
        }
        names.clear();
        for (FilterDeclaration filter : found.filters()) {
            if (!names.add(filter.name())) {
                throw root.wrong("the filter " + filter.name() + " is declared twice");
            }
        }
    }
}

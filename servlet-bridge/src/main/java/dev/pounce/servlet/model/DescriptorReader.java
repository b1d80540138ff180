package dev.pounce.servlet.model;

import jakarta.servlet.DispatcherType;

import org.jspecify.annotations.Nullable;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
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

    private @Nullable String displayName;
    private final Map<String, String> contextParameters = new LinkedHashMap<>();
    private final List<String> listeners = new ArrayList<>();
    private final List<ServletDeclaration> servlets = new ArrayList<>();
    private final List<ServletMapping> servletMappings = new ArrayList<>();
    private final List<FilterDeclaration> filters = new ArrayList<>();
    private final List<FilterMapping> filterMappings = new ArrayList<>();
    private final List<String> welcomeFiles = new ArrayList<>();
    private final List<ErrorPage> errorPages = new ArrayList<>();
    private final Map<String, String> mimeTypes = new LinkedHashMap<>();
    private final Map<String, String> localeCharsets = new LinkedHashMap<>();
    private @Nullable String requestCharset;
    private @Nullable String responseCharset;
    private @Nullable Integer sessionTimeout;
    private final Set<String> skipped = new LinkedHashSet<>();

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
        return reader.descriptor("true".equals(complete));
    }

    private Descriptor descriptor(boolean metadataComplete) {
        return new Descriptor(
                displayName,
                metadataComplete,
                contextParameters,
                listeners,
                servlets,
                servletMappings,
                filters,
                filterMappings,
                welcomeFiles,
                errorPages,
                mimeTypes,
                localeCharsets,
                requestCharset,
                responseCharset,
                sessionTimeout,
                List.copyOf(skipped));
    }

    private void accept(Element element) throws DescriptorException {
        switch (element.name()) {
            case "display-name" -> displayName = element.text();
            case "context-param" -> parameter(element, contextParameters);
            case "listener" -> listeners.add(element.required("listener-class"));
            case "servlet" -> servlets.add(servlet(element));
            case "servlet-mapping" -> servletMappings.add(servletMapping(element));
            case "filter" -> filters.add(filter(element));
            case "filter-mapping" -> filterMappings.add(filterMapping(element));
            case "welcome-file-list" -> welcomeFiles.addAll(element.texts("welcome-file"));
            case "error-page" -> errorPages.add(errorPage(element));
            case "mime-mapping" ->
                    mimeTypes.put(element.required("extension"), element.required("mime-type"));
            case "locale-encoding-mapping-list" -> localeCharsets(element);
            case "request-character-encoding" -> requestCharset = element.text();
            case "response-character-encoding" -> responseCharset = element.text();
            case "session-config" -> sessionConfig(element);
            default -> skip(element.name());
        }
    }

    private void skip(String name) {
        if (!FOR_TOOLS.contains(name)) {
            skipped.add(name);
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
            localeCharsets.put(element.required("locale"), element.required("encoding"));
        }
    }

    private void sessionConfig(Element element) throws DescriptorException {
        if (!element.all("session-timeout").isEmpty()) {
            sessionTimeout = element.integer("session-timeout", 30);
        }
        for (String other : List.of("cookie-config", "tracking-mode")) {
            if (!element.all(other).isEmpty()) {
                skip(other);
            }
        }
    }

    /** The same name twice in one descriptor is a mistake (section 14.4.1). */
    private void checkNames(Element root) throws DescriptorException {
        Set<String> names = new HashSet<>();
        for (ServletDeclaration servlet : servlets) {
            if (!names.add(servlet.name())) {
                throw root.wrong("the servlet " + servlet.name() + " is declared twice");
            }
        }
        names.clear();
        for (FilterDeclaration filter : filters) {
            if (!names.add(filter.name())) {
                throw root.wrong("the filter " + filter.name() + " is declared twice");
            }
        }
    }
}

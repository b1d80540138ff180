package dev.pounce.servlet.model;

import jakarta.servlet.DispatcherType;

import org.jspecify.annotations.Nullable;

import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads servlets, filters and their mappings. */
final class ServletElements {
    private ServletElements() {}

    /** Adds the parameter that an element names, unless it is there: the first value counts. */
    static void parameter(Element element, Map<String, String> into) throws DescriptorException {
        String value = element.optional("param-value");
        if (value == null) {
            throw element.wrong("<" + element.name() + "> needs a <param-value>");
        }
        into.putIfAbsent(element.required("param-name"), value);
    }

    private static Map<String, String> initParameters(Element element) throws DescriptorException {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (Element each : element.all("init-param")) {
            parameter(each, parameters);
        }
        return parameters;
    }

    static ServletDeclaration servlet(Element element) throws DescriptorException {
        String className = textOrNull(element, "servlet-class");
        String jspFile = textOrNull(element, "jsp-file");
        if (className != null && jspFile != null) {
            throw element.wrong(
                    "<servlet> must not have both a <servlet-class> and a <jsp-file>; take one of"
                            + " them out");
        }
        if (jspFile != null && !jspFile.startsWith("/")) {
            throw element.wrong("the <jsp-file> must begin with /, not \"" + jspFile + "\"");
        }
        Element multipart = element.first("multipart-config");
        Element runAs = element.first("run-as");
        return new ServletDeclaration(
                element.required("servlet-name"),
                className,
                jspFile,
                initParameters(element),
                loadOnStartup(element),
                element.flag("async-supported"),
                element.flag("enabled"),
                multipart == null ? null : multipart(multipart),
                runAs == null ? null : runAs.required("role-name"),
                roleReferences(element));
    }

    private static @Nullable String textOrNull(Element element, String name) {
        String text = element.optional(name);
        return text == null || text.isEmpty() ? null : text;
    }

    /** An empty element asks for a start without saying when. */
    private static @Nullable Integer loadOnStartup(Element element) throws DescriptorException {
        return element.optional("load-on-startup") == null
                ? null
                : (Integer) element.integer("load-on-startup", Integer.MAX_VALUE);
    }

    private static Map<String, String> roleReferences(Element element) throws DescriptorException {
        Map<String, String> references = new LinkedHashMap<>();
        for (Element each : element.all("security-role-ref")) {
            String name = each.required("role-name");
            String link = textOrNull(each, "role-link");
            references.put(name, link == null ? name : link);
        }
        return references;
    }

    private static MultipartLimits multipart(Element element) throws DescriptorException {
        String location = element.optional("location");
        return new MultipartLimits(
                location == null ? "" : location,
                element.number("max-file-size", -1),
                element.number("max-request-size", -1),
                element.integer("file-size-threshold", 0));
    }

    static ServletMapping servletMapping(Element element) throws DescriptorException {
        List<String> patterns = element.texts("url-pattern");
        if (patterns.isEmpty()) {
            throw element.wrong("<servlet-mapping> needs a <url-pattern>");
        }
        return new ServletMapping(element.required("servlet-name"), patterns);
    }

    static FilterDeclaration filter(Element element) throws DescriptorException {
        return new FilterDeclaration(
                element.required("filter-name"),
                textOrNull(element, "filter-class"),
                initParameters(element),
                element.flag("async-supported"));
    }

    static FilterMapping filterMapping(Element element) throws DescriptorException {
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
}

package dev.pounce.servlet.model;

import java.io.InputStream;
import java.nio.charset.Charset;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Reads a web.xml or web-fragment.xml of any version (Servlet specification, chapter 14). Names
 * count without their namespace, so that a descriptor of any time, or one without a namespace, is
 * read alike. Texts may name system properties ({@link DescriptorProperties}). Used once.
 */
public final class DescriptorReader {
    /** Elements of which there must be only one (section 14.2). */
    private static final Set<String> ONCE =
            Set.of(
                    "session-config",
                    "jsp-config",
                    "login-config",
                    "absolute-ordering",
                    "ordering",
                    "request-character-encoding",
                    "response-character-encoding",
                    "default-context-path");

    private final DescriptorBuilder found;
    private final Map<String, Element> seen = new HashMap<>();

    private DescriptorReader(String source) {
        found = new DescriptorBuilder(source);
    }

    /**
     * Reads a descriptor; nothing but the stream is read.
     *
     * @param in the document, which is not closed
     * @param source where it comes from, for messages
     * @throws DescriptorException when it is malformed; the message begins with source, line and
     *     column
     */
    public static Descriptor read(InputStream in, String source) throws DescriptorException {
        try {
            return new DescriptorReader(source).read(XmlTree.document(in), source);
        } catch (DescriptorException e) {
            throw new DescriptorException(source + ":" + e.getMessage(), e);
        }
    }

    private Descriptor read(XmlTree.Document document, String source) throws DescriptorException {
        Element root = document.root().withTexts(DescriptorProperties::replace);
        if (!root.name().equals("web-app") && !root.name().equals("web-fragment")) {
            throw root.wrong("the document must be a <web-app> or a <web-fragment>");
        }
        DescriptorHead head = HeadElements.head(document, source);
        found.head(head);
        if (new SpecVersion(2, 2).equals(head.version())) {
            root = root.withTexts("url-pattern", DescriptorReader::withSlash);
        }
        for (Element element : root.children()) {
            if (ONCE.contains(element.name())) {
                once("<" + element.name() + ">", element);
            }
            accept(element);
        }
        KnownElements.check(root, found::skipped);
        return found.build();
    }

    /** Version 2.2 knew patterns without it. */
    private static String withSlash(String pattern) {
        boolean whole = pattern.isEmpty() || pattern.startsWith("/") || pattern.startsWith("*.");
        return whole ? pattern : "/" + pattern;
    }

    /** What must be unique is refused when it is there again. */
    private void once(String what, Element element) throws DescriptorException {
        Element first = seen.putIfAbsent(what, element);
        if (first != null) {
            throw element.wrong(
                    what + " is there twice, first at " + first.place() + "; take one of them out");
        }
    }

    private void accept(Element element) throws DescriptorException {
        switch (element.name()) {
            case "context-param" -> ServletElements.parameter(element, found.contextParameters());
            case "listener" -> found.listener(element.required("listener-class"));
            case "servlet" -> {
                ServletDeclaration servlet = ServletElements.servlet(element);
                once("the servlet " + servlet.name(), element);
                found.servlet(servlet);
            }
            case "servlet-mapping" -> found.servletMapping(ServletElements.servletMapping(element));
            case "filter" -> {
                FilterDeclaration filter = ServletElements.filter(element);
                once("the filter " + filter.name(), element);
                found.filter(filter);
            }
            case "filter-mapping" -> found.filterMapping(ServletElements.filterMapping(element));
            case "welcome-file-list" -> found.welcomeFiles().addAll(element.texts("welcome-file"));
            case "error-page" -> found.errorPage(errorPage(element));
            case "mime-mapping" ->
                    found.mimeTypes()
                            .put(element.required("extension"), element.required("mime-type"));
            case "locale-encoding-mapping-list" -> localeCharsets(element);
            case "request-character-encoding" -> found.requestCharset(charset(element));
            case "response-character-encoding" -> found.responseCharset(charset(element));
            case "session-config" -> found.session(SessionElements.session(element));
            case "taglib" -> found.taglibs().add(JspElements.taglib(element));
            case "jsp-config" -> jspConfig(element);
            case "post-construct" ->
                    found.callback(callback(element, LifecycleCallback.Kind.POST_CONSTRUCT));
            case "pre-destroy" ->
                    found.callback(callback(element, LifecycleCallback.Kind.PRE_DESTROY));
            case "security-constraint" -> found.constraint(SecurityElements.constraint(element));
            case "login-config" -> found.login(SecurityElements.login(element));
            case "deny-uncovered-http-methods" -> found.uncoveredDenied();
            case "security-role" -> found.role(element.required("role-name"));
            default -> {
                // What is in the head was read; what is unknown is told.
            }
        }
    }

    private static String charset(Element element) throws DescriptorException {
        try {
            if (Charset.isSupported(element.text())) {
                return element.text();
            }
        } catch (IllegalArgumentException e) {
            throw element.wrong(
                    "<" + element.name() + "> names no charset: \"" + element.text() + "\"");
        }
        throw element.wrong(
                "<" + element.name() + "> names the unknown charset \"" + element.text() + "\"");
    }

    private void jspConfig(Element element) throws DescriptorException {
        for (Element each : element.all("taglib")) {
            found.taglibs().add(JspElements.taglib(each));
        }
        for (Element each : element.all("jsp-property-group")) {
            found.jspGroups().add(JspElements.group(each));
        }
    }

    private static LifecycleCallback callback(Element element, LifecycleCallback.Kind kind)
            throws DescriptorException {
        return new LifecycleCallback(
                element.required("lifecycle-callback-class"),
                element.required("lifecycle-callback-method"),
                kind);
    }

    private static ErrorPage errorPage(Element element) throws DescriptorException {
        String location = element.required("location");
        if (!location.startsWith("/")) {
            throw element.wrong("the <location> of an error page must begin with /");
        }
        String exceptionType = element.optional("exception-type");
        int status = element.integer("error-code", 0);
        if (exceptionType != null && status != 0) {
            throw element.wrong(
                    "<error-page> must not have both an <error-code> and an <exception-type>; write"
                            + " two of them");
        }
        boolean forExceptions = exceptionType != null && !exceptionType.isEmpty();
        return new ErrorPage(status, forExceptions ? exceptionType : null, location);
    }

    private void localeCharsets(Element list) throws DescriptorException {
        for (Element element : list.all("locale-encoding-mapping")) {
            found.localeCharsets().put(element.required("locale"), element.required("encoding"));
        }
    }
}

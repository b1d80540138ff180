package dev.pounce.servlet.model;

import jakarta.servlet.SessionTrackingMode;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Makes one descriptor out of those of an application (Servlet specification, section 8.2.3): what
 * the main one says counts, fragments add to it, and two fragments must not say different things of
 * what the main one does not mention. Used once.
 */
public final class DescriptorMerge {

    /** What one descriptor says. */
    private record Said<T>(String source, T value) {}

    private final Descriptor main;
    private final List<Descriptor> fragments;
    private final DescriptorBuilder merged;

    private DescriptorMerge(Descriptor main, List<Descriptor> fragments) {
        this.main = main;
        this.fragments = fragments;
        this.merged = new DescriptorBuilder(main.head().source());
    }

    /**
     * Merges.
     *
     * @param fragments in their order
     * @throws DescriptorException when two fragments contradict each other, or a pattern has two
     *     servlets; the message names both sources and the element
     */
    public static Descriptor merge(Descriptor main, List<Descriptor> fragments)
            throws DescriptorException {
        return new DescriptorMerge(main, fragments).merge();
    }

    /**
     * A descriptor with what the annotations of the same place add to it: the descriptor counts,
     * and the paths of a servlet or filter that it maps are its own (section 8.1).
     *
     * @param annotations says nothing twice
     */
    public static Descriptor withAnnotations(Descriptor descriptor, Descriptor annotations)
            throws DescriptorException {
        return new DescriptorMerge(descriptor, List.of(annotations)).merge(descriptor.head());
    }

    private Descriptor merge() throws DescriptorException {
        DescriptorHead head = main.head();
        boolean distributable =
                head.distributable()
                        && fragments.stream().allMatch(each -> each.head().distributable());
        Descriptor result =
                merge(
                        new DescriptorHead(
                                head.source(),
                                head.version(),
                                head.fragmentName(),
                                head.displayName(),
                                head.metadataComplete(),
                                distributable,
                                head.absoluteOrder(),
                                head.relativeOrder()));
        checkPatterns(result);
        return result;
    }

    private Descriptor merge(DescriptorHead head) throws DescriptorException {
        merged.head(head);
        servlets();
        filters();
        byName(Descriptor::contextParameters, "<context-param>", merged.contextParameters());
        byName(Descriptor::mimeTypes, "<mime-mapping>", merged.mimeTypes());
        byName(Descriptor::localeCharsets, "<locale-encoding-mapping>", merged.localeCharsets());
        errorPages();
        set(
                one(Descriptor::requestCharset, "<request-character-encoding>"),
                merged::requestCharset);
        set(
                one(Descriptor::responseCharset, "<response-character-encoding>"),
                merged::responseCharset);
        set(one(Descriptor::login, "<login-config>"), merged::login);
        session();
        additive();
        return merged.build();
    }

    private static <T> void set(@Nullable T value, Consumer<T> target) {
        if (value != null) {
            target.accept(value);
        }
    }

    // What can be said once

    private <T> @Nullable T one(Function<Descriptor, @Nullable T> part, String what)
            throws DescriptorException {
        List<Said<T>> said = new ArrayList<>();
        for (Descriptor each : fragments) {
            T value = part.apply(each);
            if (value != null) {
                said.add(new Said<>(each.head().source(), value));
            }
        }
        return one(part.apply(main), said, what);
    }

    private static <T> @Nullable T one(@Nullable T first, List<Said<T>> others, String what)
            throws DescriptorException {
        if (first != null || others.isEmpty()) {
            return first;
        }
        Said<T> counted = others.get(0);
        for (Said<T> each : others) {
            if (!each.value().equals(counted.value())) {
                throw new DescriptorException(
                        counted.source()
                                + " and "
                                + each.source()
                                + " say different things of "
                                + what
                                + " ("
                                + counted.value()
                                + " and "
                                + each.value()
                                + "); say in web.xml which one counts");
            }
        }
        return counted.value();
    }

    /** Merges what has names of its own, such as parameters. */
    private void byName(
            Function<Descriptor, Map<String, String>> part, String what, Map<String, String> into)
            throws DescriptorException {
        List<Said<Map<String, String>>> said = new ArrayList<>();
        for (Descriptor each : fragments) {
            said.add(new Said<>(each.head().source(), part.apply(each)));
        }
        into.putAll(byName(part.apply(main), said, what));
    }

    private static Map<String, String> byName(
            Map<String, String> first, List<Said<Map<String, String>>> others, String what)
            throws DescriptorException {
        Map<String, String> result = new LinkedHashMap<>(first);
        Set<String> names = new LinkedHashSet<>();
        others.forEach(each -> names.addAll(each.value().keySet()));
        for (String name : names) {
            String value =
                    one(first.get(name), said(others, map -> map.get(name)), what + " " + name);
            result.put(name, Objects.requireNonNull(value));
        }
        return result;
    }

    private static <S, T> List<Said<T>> said(
            List<Said<S>> declarations, Function<S, @Nullable T> part) {
        List<Said<T>> result = new ArrayList<>();
        for (Said<S> each : declarations) {
            T value = part.apply(each.value());
            if (value != null) {
                result.add(new Said<>(each.source(), value));
            }
        }
        return result;
    }

    // Servlets and filters

    private void servlets() throws DescriptorException {
        Map<String, ServletDeclaration> own = new LinkedHashMap<>();
        main.servlets().forEach(each -> own.put(each.name(), each));
        Map<String, List<Said<ServletDeclaration>>> added =
                declared(Descriptor::servlets, ServletDeclaration::name);
        Set<String> names = new LinkedHashSet<>(own.keySet());
        names.addAll(added.keySet());
        for (String name : names) {
            ServletDeclaration first =
                    own.getOrDefault(
                            name,
                            new ServletDeclaration(
                                    name, null, null, Map.of(), null, null, null, null, null,
                                    Map.of()));
            merged.servlet(servlet(first, added.getOrDefault(name, List.of())));
        }
        Set<String> mapped = new HashSet<>();
        main.servletMappings().forEach(each -> mapped.add(each.servletName()));
        main.servletMappings().forEach(merged::servletMapping);
        for (Descriptor each : fragments) {
            each.servletMappings().stream()
                    .filter(mapping -> !mapped.contains(mapping.servletName()))
                    .forEach(merged::servletMapping);
        }
    }

    private static ServletDeclaration servlet(
            ServletDeclaration first, List<Said<ServletDeclaration>> others)
            throws DescriptorException {
        String of = " of the servlet " + first.name();
        boolean hasCode = first.className() != null || first.jspFile() != null;
        return new ServletDeclaration(
                first.name(),
                hasCode
                        ? first.className()
                        : one(
                                null,
                                said(others, ServletDeclaration::className),
                                "<servlet-class>" + of),
                hasCode
                        ? first.jspFile()
                        : one(null, said(others, ServletDeclaration::jspFile), "<jsp-file>" + of),
                byName(
                        first.initParameters(),
                        said(others, ServletDeclaration::initParameters),
                        "<init-param>" + of + ","),
                one(
                        first.loadOnStartup(),
                        said(others, ServletDeclaration::loadOnStartup),
                        "<load-on-startup>" + of),
                one(
                        first.asyncSupported(),
                        said(others, ServletDeclaration::asyncSupported),
                        "<async-supported>" + of),
                one(first.enabled(), said(others, ServletDeclaration::enabled), "<enabled>" + of),
                one(
                        first.multipart(),
                        said(others, ServletDeclaration::multipart),
                        "<multipart-config>" + of),
                one(first.runAs(), said(others, ServletDeclaration::runAs), "<run-as>" + of),
                byName(
                        first.roleReferences(),
                        said(others, ServletDeclaration::roleReferences),
                        "<security-role-ref>" + of + ","));
    }

    private void filters() throws DescriptorException {
        Map<String, FilterDeclaration> own = new LinkedHashMap<>();
        main.filters().forEach(each -> own.put(each.name(), each));
        Map<String, List<Said<FilterDeclaration>>> added =
                declared(Descriptor::filters, FilterDeclaration::name);
        Set<String> names = new LinkedHashSet<>(own.keySet());
        names.addAll(added.keySet());
        for (String name : names) {
            FilterDeclaration first =
                    own.getOrDefault(name, new FilterDeclaration(name, null, Map.of(), null));
            merged.filter(filter(first, added.getOrDefault(name, List.of())));
        }
        Set<String> mapped = new HashSet<>();
        main.filterMappings().forEach(each -> mapped.add(each.filterName()));
        main.filterMappings().forEach(merged::filterMapping);
        for (Descriptor each : fragments) {
            each.filterMappings().stream()
                    .filter(mapping -> !mapped.contains(mapping.filterName()))
                    .forEach(merged::filterMapping);
        }
    }

    private static FilterDeclaration filter(
            FilterDeclaration first, List<Said<FilterDeclaration>> others)
            throws DescriptorException {
        String of = " of the filter " + first.name();
        return new FilterDeclaration(
                first.name(),
                one(
                        first.className(),
                        said(others, FilterDeclaration::className),
                        "<filter-class>" + of),
                byName(
                        first.initParameters(),
                        said(others, FilterDeclaration::initParameters),
                        "<init-param>" + of + ","),
                one(
                        first.asyncSupported(),
                        said(others, FilterDeclaration::asyncSupported),
                        "<async-supported>" + of));
    }

    /** The declarations of fragments by name. */
    private <T> Map<String, List<Said<T>>> declared(
            Function<Descriptor, List<T>> part, Function<T, String> name) {
        Map<String, List<Said<T>>> byName = new LinkedHashMap<>();
        for (Descriptor each : fragments) {
            for (T declaration : part.apply(each)) {
                byName.computeIfAbsent(name.apply(declaration), key -> new ArrayList<>())
                        .add(new Said<>(each.head().source(), declaration));
            }
        }
        return byName;
    }

    // Sessions and error pages

    private void session() throws DescriptorException {
        Map<String, String> attributes = new LinkedHashMap<>();
        byName(
                each -> each.session().cookieAttributes(),
                "the session <cookie-config>",
                attributes);
        Set<SessionTrackingMode> modes =
                one(
                        each -> {
                            Set<SessionTrackingMode> said = each.session().trackingModes();
                            return said.isEmpty() ? null : said;
                        },
                        "<tracking-mode>");
        merged.session(
                new SessionDeclaration(
                        one(each -> each.session().timeoutMinutes(), "<session-timeout>"),
                        one(
                                each -> each.session().cookieName(),
                                "the <name> of the session cookie"),
                        attributes,
                        modes == null ? Set.of() : modes));
    }

    private void errorPages() throws DescriptorException {
        Map<String, String> locations = new LinkedHashMap<>();
        byName(DescriptorMerge::locationsByError, "<error-page> for", locations);
        Set<String> added = new HashSet<>();
        for (Descriptor each : all()) {
            for (ErrorPage page : each.errorPages()) {
                if (added.add(error(page))) {
                    merged.errorPage(page);
                }
            }
        }
    }

    private static Map<String, String> locationsByError(Descriptor descriptor) {
        Map<String, String> locations = new LinkedHashMap<>();
        descriptor
                .errorPages()
                .forEach(each -> locations.putIfAbsent(error(each), each.location()));
        return locations;
    }

    private static String error(ErrorPage page) {
        String exception = page.exceptionType();
        return exception != null
                ? exception
                : page.isDefault() ? "all other errors" : String.valueOf(page.status());
    }

    // What adds up

    private List<Descriptor> all() {
        List<Descriptor> all = new ArrayList<>(List.of(main));
        all.addAll(fragments);
        return all;
    }

    private void additive() {
        Set<String> listeners = new LinkedHashSet<>();
        Set<String> welcomeFiles = new LinkedHashSet<>();
        Set<String> roles = new LinkedHashSet<>();
        Set<LifecycleCallback> callbacks = new LinkedHashSet<>();
        for (Descriptor each : all()) {
            listeners.addAll(each.listeners());
            welcomeFiles.addAll(each.welcomeFiles());
            roles.addAll(each.roles());
            callbacks.addAll(each.callbacks());
            each.constraints().forEach(merged::constraint);
            merged.taglibs().addAll(each.jsp().taglibs());
            merged.jspGroups().addAll(each.jsp().groups());
            if (each.uncoveredDenied()) {
                merged.uncoveredDenied();
            }
            each.skipped().forEach(merged::skipped);
        }
        listeners.forEach(merged::listener);
        merged.welcomeFiles().addAll(welcomeFiles);
        roles.forEach(merged::role);
        callbacks.forEach(merged::callback);
    }

    // Patterns

    /** A pattern belongs to one servlet (section 12.2); one that is not enabled has none. */
    private void checkPatterns(Descriptor result) throws DescriptorException {
        Set<String> disabled = new HashSet<>();
        result.servlets().stream()
                .filter(each -> !each.isEnabled())
                .forEach(each -> disabled.add(each.name()));
        Map<String, Said<String>> owners = new HashMap<>();
        for (Descriptor each : all()) {
            for (ServletMapping mapping : each.servletMappings()) {
                if (result.servletMappings().contains(mapping)
                        && !disabled.contains(mapping.servletName())) {
                    checkPatterns(mapping, each.head().source(), owners);
                }
            }
        }
    }

    private static void checkPatterns(
            ServletMapping mapping, String source, Map<String, Said<String>> owners)
            throws DescriptorException {
        String name = mapping.servletName();
        for (String pattern : mapping.urlPatterns()) {
            Said<String> first = owners.putIfAbsent(pattern, new Said<>(source, name));
            if (first != null && !first.value().equals(name)) {
                throw new DescriptorException(
                        "the url-pattern \""
                                + pattern
                                + "\" is mapped to the servlet "
                                + first.value()
                                + " in "
                                + first.source()
                                + " and to the servlet "
                                + name
                                + " in "
                                + source
                                + "; take one of the mappings out");
            }
        }
    }
}

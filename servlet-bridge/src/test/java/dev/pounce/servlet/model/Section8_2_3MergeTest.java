package dev.pounce.servlet.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;

/** Servlet specification, section 8.2.3: one descriptor out of several. */
class Section8_2_3MergeTest {

    private static Descriptor merge(String main, String... fragments) throws DescriptorException {
        List<Descriptor> read = new java.util.ArrayList<>();
        for (String each : fragments) {
            read.add(
                    Descriptors.read(
                            "f" + (read.size() + 1) + ".xml",
                            "<web-fragment>" + each + "</web-fragment>"));
        }
        return DescriptorMerge.merge(
                Descriptors.read("web.xml", "<web-app>" + main + "</web-app>"), read);
    }

    private static String servlet(String name, String more) {
        return "<servlet><servlet-name>" + name + "</servlet-name>" + more + "</servlet>";
    }

    private static String mapping(String name, String pattern) {
        return "<servlet-mapping><servlet-name>%s</servlet-name><url-pattern>%s</url-pattern></servlet-mapping>"
                .formatted(name, pattern);
    }

    private static String init(String name, String value) {
        return "<init-param><param-name>%s</param-name><param-value>%s</param-value></init-param>"
                .formatted(name, value);
    }

    private static String mime(String extension, String type) {
        return "<mime-mapping><extension>%s</extension><mime-type>%s</mime-type></mime-mapping>"
                .formatted(extension, type);
    }

    @Test
    void theMainDescriptorCountsAndFragmentsAdd() throws Exception {
        ServletDeclaration merged =
                merge(
                                servlet(
                                        "s",
                                        "<servlet-class>Main</servlet-class>" + init("a", "1")),
                                servlet(
                                        "s",
                                        "<servlet-class>Other</servlet-class>"
                                                + init("a", "2")
                                                + init("b", "3")
                                                + "<load-on-startup>4</load-on-startup>"),
                                servlet("s", init("a", "5")))
                        .servlets()
                        .get(0);
        assertEquals("Main", merged.className());
        assertEquals(Map.of("a", "1", "b", "3"), merged.initParameters());
        assertEquals(4, merged.loadOnStartup());
    }

    @Test
    void twoFragmentsMustNotContradictEachOther() throws Exception {
        String one = servlet("s", init("p", "1"));
        String two = servlet("s", init("p", "2"));
        assertEquals(
                "f1.xml and f2.xml say different things of <init-param> of the servlet s, p (1 and"
                        + " 2); say in web.xml which one counts",
                Descriptors.refusal(() -> merge("", one, two)));
        assertEquals(
                "3",
                merge(servlet("s", init("p", "3")), one, two)
                        .servlets()
                        .get(0)
                        .initParameters()
                        .get("p"));
        assertTrue(
                Descriptors.refusal(() -> merge("", mime("x", "a/b"), mime("x", "c/d")))
                        .contains("<mime-mapping> x"));
        assertEquals(
                Map.of("x", "e/f"),
                merge(mime("x", "e/f"), mime("x", "a/b"), mime("x", "c/d")).mimeTypes());
        for (String element :
                List.of(
                        "<load-on-startup>%s</load-on-startup>",
                        "<run-as><role-name>%s</role-name></run-as>",
                        "<servlet-class>%s</servlet-class>",
                        "<multipart-config><max-file-size>%s</max-file-size></multipart-config>")) {
            String refusal =
                    Descriptors.refusal(
                            () ->
                                    merge(
                                            servlet("s", ""),
                                            servlet("s", element.formatted("1")),
                                            servlet("s", element.formatted("2"))));
            String name = element.substring(0, element.indexOf('>') + 1);
            assertTrue(refusal.contains("f1.xml and f2.xml") && refusal.contains(name), refusal);
        }
    }

    @Test
    void fragmentsThatAgreeDoNotContradictEachOther() throws Exception {
        String same = servlet("s", init("p", "1") + "<enabled>false</enabled>");
        assertFalse(merge("", same, same).servlets().get(0).isEnabled());
    }

    @Test
    void mappingsOfTheMainDescriptorReplaceThoseOfFragments() throws Exception {
        Descriptor merged =
                merge(
                        servlet("s", "") + servlet("t", "") + mapping("s", "/main"),
                        mapping("s", "/first") + mapping("t", "/t1"),
                        mapping("t", "/t2"));
        assertEquals(
                List.of("/main", "/t1", "/t2"),
                merged.servletMappings().stream()
                        .flatMap(each -> each.urlPatterns().stream())
                        .toList());
        String filter =
                "<filter-mapping><filter-name>f</filter-name><url-pattern>%s</url-pattern></filter-mapping>";
        assertEquals(
                List.of("/main"),
                merge(filter.formatted("/main"), filter.formatted("/fragment"))
                        .filterMappings()
                        .get(0)
                        .urlPatterns());
        assertEquals(
                2,
                merge("", filter.formatted("/1"), filter.formatted("/2")).filterMappings().size());
    }

    @Test
    void aPatternThatHasTwoServletsIsRefused() throws Exception {
        String a = servlet("a", "") + mapping("a", "/x");
        String b = servlet("b", "") + mapping("b", "/x");
        assertEquals(
                "the url-pattern \"/x\" is mapped to the servlet a in web.xml and to the servlet b"
                        + " in f1.xml; take one of the mappings out",
                Descriptors.refusal(() -> merge(a, b)));
        assertTrue(Descriptors.refusal(() -> merge(a + b)).contains("servlet b in web.xml"));
        String disabled = servlet("b", "<enabled>false</enabled>");
        assertEquals(2, merge(a + disabled, mapping("b", "/x")).servletMappings().size());
    }

    @Test
    void whatCanBeThereManyTimesAddsUp() throws Exception {
        String listener = "<listener><listener-class>%s</listener-class></listener>";
        String welcome = "<welcome-file-list><welcome-file>%s</welcome-file></welcome-file-list>";
        String context =
                "<context-param><param-name>%s</param-name><param-value>v</param-value></context-param>";
        Descriptor merged =
                merge(
                        listener.formatted("L") + welcome.formatted("a") + context.formatted("x"),
                        listener.formatted("M") + listener.formatted("L") + welcome.formatted("b"),
                        context.formatted("y") + "<display-name>fragment</display-name>");
        assertEquals(List.of("L", "M"), merged.listeners());
        assertEquals(List.of("a", "b"), merged.welcomeFiles());
        assertEquals(Map.of("x", "v", "y", "v"), merged.contextParameters());
        assertEquals(null, merged.head().displayName());
    }

    @Test
    void anApplicationIsDistributableWhenAllOfItIs() throws Exception {
        String yes = "<distributable/>";
        assertTrue(merge(yes, yes, yes).head().distributable());
        assertFalse(merge(yes, yes, "").head().distributable());
        assertFalse(merge("", yes).head().distributable());
    }

    @Test
    void errorPagesAndSessionsAreMergedToo() throws Exception {
        String page = "<error-page><error-code>%s</error-code><location>%s</location></error-page>";
        String any = "<error-page><location>/any</location></error-page>";
        Descriptor merged =
                merge(
                        page.formatted("404", "/main"),
                        page.formatted("404", "/fragment") + any,
                        "<session-config><session-timeout>5</session-timeout></session-config>");
        assertEquals(
                List.of(new ErrorPage(404, null, "/main"), new ErrorPage(0, null, "/any")),
                merged.errorPages());
        assertEquals(5, merged.session().timeoutMinutes());
        assertTrue(
                Descriptors.refusal(
                                () ->
                                        merge(
                                                "",
                                                page.formatted("500", "/1"),
                                                page.formatted("500", "/2")))
                        .contains("<error-page> for 500 (/1 and /2)"));
    }

    @Test
    void aDescriptorCountsBeforeTheAnnotationsOfItsPlace() throws Exception {
        DescriptorBuilder annotations = new DescriptorBuilder("annotations");
        annotations.servlet(
                new ServletDeclaration(
                        "s",
                        "S",
                        null,
                        Map.of("a", "1", "b", "2"),
                        3,
                        null,
                        null,
                        null,
                        null,
                        Map.of()));
        annotations.servletMapping(new ServletMapping("s", List.of("/annotated")));
        annotations.servlet(
                new ServletDeclaration(
                        "t", "T", null, Map.of(), null, null, null, null, null, Map.of()));
        annotations.servletMapping(new ServletMapping("t", List.of("/t")));
        Descriptor merged =
                DescriptorMerge.withAnnotations(
                        Descriptors.read(
                                "web.xml",
                                "<web-app>"
                                        + servlet("s", init("a", "9"))
                                        + mapping("s", "/described")
                                        + "</web-app>"),
                        annotations.build());
        assertEquals("S", merged.servlets().get(0).className());
        assertEquals(Map.of("a", "9", "b", "2"), merged.servlets().get(0).initParameters());
        assertEquals(3, merged.servlets().get(0).loadOnStartup());
        assertEquals(
                List.of("/described", "/t"),
                merged.servletMappings().stream()
                        .flatMap(each -> each.urlPatterns().stream())
                        .toList());
    }
}

package dev.pounce.servlet.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.servlet.SessionTrackingMode;
import jakarta.servlet.descriptor.JspPropertyGroupDescriptor;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** Servlet specification, chapter 14: deployment descriptors of all versions. */
class Section14DescriptorsTest {

    private static Descriptor read(String xml) throws DescriptorException {
        return Descriptors.read("web.xml", xml);
    }

    private static String refusal(String xml) {
        return Descriptors.refusal(() -> read(xml));
    }

    /** The DTDs' addresses answer nobody, so a reader that asked for one would fail. */
    @ParameterizedTest
    @CsvSource({
        "2.2, '<!DOCTYPE web-app PUBLIC \"-//Sun Microsystems, Inc.//DTD Web Application 2.2//EN\""
                + " \"http://127.0.0.1:1/web-app_2_2.dtd\"><web-app>'",
        "2.3, '<!DOCTYPE web-app PUBLIC \"-//Sun Microsystems, Inc.//DTD Web Application 2.3//EN\""
                + " \"http://127.0.0.1:1/web-app_2_3.dtd\"><web-app>'",
        "2.4, '<web-app xmlns=\"http://java.sun.com/xml/ns/j2ee\" version=\"2.4\">'",
        "2.5, '<web-app xmlns=\"http://java.sun.com/xml/ns/javaee\" version=\"2.5\">'",
        "3.1, '<web-app xmlns=\"http://xmlns.jcp.org/xml/ns/javaee\" version=\"3.1\">'",
        "4.0, '<web-app xmlns=\"http://xmlns.jcp.org/xml/ns/javaee\" version=\" 4.0 \">'",
        "5.0, '<j:web-app xmlns:j=\"https://jakarta.ee/xml/ns/jakartaee\" version=\"5.0\">'",
        "6.1, '<web-app xmlns=\"https://jakarta.ee/xml/ns/jakartaee\" version=\"6.1\">'"
    })
    void everyVersionIsKnownByItsDtdOrItsAttribute(String version, String begin) throws Exception {
        String p = begin.contains("<j:") ? "j:" : "";
        String listener =
                "<P:listener><P:listener-class> x.L\n</P:listener-class></P:listener></P:web-app>";
        Descriptor read = read(begin + listener.replace("P:", p));
        SpecVersion found = read.head().version();
        assertNotNull(found);
        assertEquals(version, found.major() + "." + found.minor());
        assertEquals(List.of("x.L"), read.listeners());
    }

    @Test
    void aVersionThatIsNoneIsAsGoodAsNoVersion() throws Exception {
        assertNull(read("<web-app version='new'/>").head().version());
        assertNull(read("<web-app/>").head().version());
    }

    @Test
    void patternsOfVersion2_2NeedNoSlash() throws Exception {
        String doctype =
                "<!DOCTYPE web-app PUBLIC '-//Sun Microsystems, Inc.//DTD Web Application 2.2//EN'"
                        + " 'http://127.0.0.1:1/x.dtd'>";
        String mapping =
                "<web-app><servlet-mapping><servlet-name>s</servlet-name>"
                        + "<url-pattern>a/b</url-pattern><url-pattern>*.x</url-pattern>"
                        + "</servlet-mapping></web-app>";
        assertEquals(
                List.of("/a/b", "*.x"),
                read(doctype + mapping).servletMappings().get(0).urlPatterns());
        assertEquals(List.of("a/b", "*.x"), read(mapping).servletMappings().get(0).urlPatterns());
    }

    @Test
    void nothingOutsideOfTheDocumentIsRead() throws Exception {
        String file =
                """
                <!DOCTYPE web-app [<!ENTITY e SYSTEM "file:///etc/hostname">
                  <!ENTITY % p SYSTEM "http://127.0.0.1:1/p.dtd"> %p;]>
                <web-app><display-name>a&e;b</display-name></web-app>
                """;
        assertEquals("ab", read(file).head().displayName());
    }

    @Test
    void whatEntitiesUnfoldToIsBounded() {
        StringBuilder bomb = new StringBuilder("<!DOCTYPE web-app [<!ENTITY a0 \"ha\">");
        for (int i = 1; i <= 30; i++) {
            bomb.append("<!ENTITY a%d \"&a%d;&a%d;\">".formatted(i, i - 1, i - 1));
        }
        bomb.append("]><web-app><display-name>&a30;</display-name></web-app>");
        assertTrue(refusal(bomb.toString()).contains("not well-formed XML"));
    }

    @Test
    void whatIsUnknownIsToldOnceWithItsPlace() throws Exception {
        Descriptor read =
                read(
                        """
                        <web-app>
                          <servlet><servlet-name>s</servlet-name><colour>red</colour></servlet>
                          <servlet><servlet-name>t</servlet-name><colour>red</colour></servlet>
                          <tune/><resource-ref/><resource-ref/>
                          <module-name>m</module-name><distributable/>
                          <default-context-path>/m</default-context-path>
                        </web-app>
                        """);
        assertEquals(
                List.of(
                        "2:42: <colour> in <servlet> is unknown and has no effect",
                        "4:4: <tune> in <web-app> is unknown and has no effect",
                        "4:10: <resource-ref> has no effect: this server has no JNDI"),
                read.skipped());
        assertTrue(read.head().distributable());
    }

    @Test
    void theOrderOfElementsIsFree() throws Exception {
        Descriptor read =
                read(
                        "<web-app><filter-mapping><url-pattern>/*</url-pattern>"
                                + "<filter-name>f</filter-name></filter-mapping>"
                                + "<filter><filter-class>F</filter-class>"
                                + "<filter-name>f</filter-name></filter></web-app>");
        assertEquals("f", read.filterMappings().get(0).filterName());
        assertEquals("F", read.filters().get(0).className());
    }

    @Test
    void whatMustBeUniqueIsRefusedWithBothPlaces() {
        String servlet = "<servlet><servlet-name>s</servlet-name></servlet>";
        assertEquals(
                "web.xml:2:2: the servlet s is there twice, first at 1:10; take one of them out",
                refusal("<web-app>" + servlet + "\n" + servlet + "</web-app>"));
        String filter = "<filter><filter-name>f</filter-name></filter>";
        assertTrue(
                refusal("<web-app>" + filter + filter + "</web-app>")
                        .contains("the filter f is there twice"));
        for (String each : List.of("session-config", "jsp-config", "absolute-ordering")) {
            String element = "<" + each + "/>";
            assertTrue(
                    refusal("<web-app>" + element + element + "</web-app>")
                            .contains("<" + each + "> is there twice"));
        }
    }

    @Test
    void mistakesAreNamedWithWhatToDo() {
        assertTrue(
                refusal(
                                "<web-app><servlet><servlet-name>s</servlet-name>"
                                    + "<servlet-class>S</servlet-class><jsp-file>/s.jsp</jsp-file>"
                                    + "</servlet></web-app>")
                        .contains("take one of them out"));
        assertTrue(
                refusal(
                                "<web-app><servlet><servlet-name>s</servlet-name>"
                                        + "<async-supported>perhaps</async-supported></servlet>"
                                        + "</web-app>")
                        .contains("<async-supported> must be true or false, not \"perhaps\""));
        assertTrue(
                refusal(
                                "<web-app><request-character-encoding>klingon</request-character-encoding>"
                                    + "</web-app>")
                        .contains("unknown charset \"klingon\""));
        assertTrue(
                refusal(
                                "<web-app><error-page><error-code>404</error-code>"
                                        + "<exception-type>E</exception-type>"
                                        + "<location>/e</location></error-page></web-app>")
                        .contains("must not have both"));
        assertTrue(
                refusal(
                                "<web-fragment><ordering><before><others/></before>"
                                        + "<after><others/></after></ordering></web-fragment>")
                        .contains("both before and after all others"));
    }

    @Test
    void ofAParameterThatIsThereTwiceTheFirstValueCounts() throws Exception {
        String parameter =
                "<init-param><param-name>p</param-name><param-value>%s</param-value>"
                        + "</init-param>";
        Descriptor read =
                read(
                        "<web-app><servlet><servlet-name>s</servlet-name>"
                                + parameter.formatted("1")
                                + parameter.formatted("2")
                                + "</servlet></web-app>");
        assertEquals(Map.of("p", "1"), read.servlets().get(0).initParameters());
    }

    @Test
    void aServletSaysEverythingThatItMay() throws Exception {
        ServletDeclaration read =
                read("""
                <web-app><servlet><servlet-name>s</servlet-name>
                  <jsp-file>/s.jsp</jsp-file>
                  <load-on-startup/>
                  <enabled>FALSE</enabled>
                  <run-as><role-name>boss</role-name></run-as>
                  <security-role-ref>
                    <role-name>B</role-name><role-link>boss</role-link>
                  </security-role-ref>
                  <security-role-ref><role-name>C</role-name></security-role-ref>
                </servlet></web-app>
                """)
                        .servlets()
                        .get(0);
        assertEquals("/s.jsp", read.jspFile());
        assertEquals(Integer.MAX_VALUE, read.loadOnStartup());
        assertFalse(read.isEnabled());
        assertNull(read.asyncSupported());
        assertEquals("boss", read.runAs());
        assertEquals(Map.of("B", "boss", "C", "C"), read.roleReferences());
    }

    @Test
    void sessionsJspFilesAndCallbacksAreRead() throws Exception {
        Descriptor read =
                read(
                        """
                        <web-app>
                          <session-config>
                            <cookie-config><name>id</name><http-only>true</http-only>
                              <comment>no effect</comment><max-age>60</max-age>
                              <attribute><attribute-name>SameSite</attribute-name>
                                <attribute-value>Lax</attribute-value></attribute>
                            </cookie-config>
                            <tracking-mode>COOKIE</tracking-mode>
                          </session-config>
                          <jsp-config>
                            <taglib><taglib-uri>u</taglib-uri>
                              <taglib-location>/WEB-INF/u.tld</taglib-location></taglib>
                            <jsp-property-group><url-pattern>*.jsp</url-pattern>
                              <page-encoding>UTF-8</page-encoding>
                              <include-prelude>/top.jspf</include-prelude></jsp-property-group>
                          </jsp-config>
                          <post-construct><lifecycle-callback-class>C</lifecycle-callback-class>
                            <lifecycle-callback-method>begin</lifecycle-callback-method>
                          </post-construct>
                        </web-app>
                        """);
        assertEquals(
                new SessionDeclaration(
                        null,
                        "id",
                        Map.of("HttpOnly", "true", "Max-Age", "60", "SameSite", "Lax"),
                        Set.of(SessionTrackingMode.COOKIE)),
                read.session());
        JspPropertyGroupDescriptor group = read.jsp().getJspPropertyGroups().iterator().next();
        assertEquals(List.of("*.jsp"), List.copyOf(group.getUrlPatterns()));
        assertEquals(List.of("/top.jspf"), List.copyOf(group.getIncludePreludes()));
        assertEquals("UTF-8", group.getPageEncoding());
        assertNull(group.getBuffer());
        assertEquals("u", read.jsp().getTaglibs().iterator().next().getTaglibURI());
        assertEquals(
                List.of(new LifecycleCallback("C", "begin", LifecycleCallback.Kind.POST_CONSTRUCT)),
                read.callbacks());
    }
}

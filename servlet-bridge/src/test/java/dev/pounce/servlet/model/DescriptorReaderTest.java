package dev.pounce.servlet.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.servlet.DispatcherType;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;

class DescriptorReaderTest {

    private static Descriptor read(String xml) throws DescriptorException {
        return DescriptorReader.read(
                new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)), "web.xml");
    }

    private static String refusal(String xml) {
        return assertThrows(DescriptorException.class, () -> read(xml)).getMessage();
    }

    @Test
    void textsNameSystemPropertiesAsInTomcat() throws Exception {
        System.setProperty("pounce.test.size", "10");
        System.setProperty("pounce.test.trick", "${pounce.test.size}");
        try {
            Descriptor web =
                    read(
                            """
                            <web-app>
                              <context-param><param-name>a</param-name>
                                <param-value>x${pounce.test.size}y${pounce.test.size}</param-value></context-param>
                              <context-param><param-name>b</param-name>
                                <param-value>${pounce.test.none:-some:-thing} ${pounce.test.size:-1}</param-value></context-param>
                              <context-param><param-name>c</param-name>
                                <param-value>${pounce.test.none} ${app:own} #{x} $5 ${} ${open</param-value></context-param>
                              <context-param><param-name>d</param-name>
                                <param-value>${pounce.test.trick}</param-value></context-param>
                              <servlet><servlet-name>s</servlet-name><servlet-class>x.S</servlet-class>
                                <load-on-startup>${pounce.test.size}</load-on-startup></servlet>
                            </web-app>
                            """);
            assertEquals(
                    Map.of(
                            "a", "x10y10",
                            "b", "some:-thing 10",
                            "c", "${pounce.test.none} ${app:own} #{x} $5 ${} ${open",
                            "d", "${pounce.test.size}"),
                    web.contextParameters());
            assertEquals(10, web.servlets().getFirst().loadOnStartup());
        } finally {
            System.clearProperty("pounce.test.size");
            System.clearProperty("pounce.test.trick");
        }
    }

    @Test
    void aDescriptorIsRead() throws Exception {
        Descriptor web =
                read(
                        """
                        <?xml version="1.0" encoding="UTF-8"?>
                        <web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="6.1"
                                 metadata-complete="true">
                          <display-name> Shop </display-name>
                          <context-param>
                            <param-name>a</param-name><param-value></param-value>
                          </context-param>
                          <listener><listener-class>x.Listener</listener-class></listener>
                          <servlet>
                            <servlet-name>s</servlet-name>
                            <servlet-class>x.S</servlet-class>
                            <init-param>
                              <param-name>p</param-name><param-value>1</param-value>
                            </init-param>
                            <load-on-startup>2</load-on-startup>
                            <async-supported>true</async-supported>
                            <multipart-config><max-file-size>10</max-file-size></multipart-config>
                          </servlet>
                          <servlet-mapping>
                            <servlet-name>s</servlet-name>
                            <url-pattern>/s/*</url-pattern><url-pattern></url-pattern>
                          </servlet-mapping>
                          <filter>
                            <filter-name>f</filter-name><filter-class>x.F</filter-class>
                          </filter>
                          <filter-mapping>
                            <filter-name>f</filter-name><url-pattern>/*</url-pattern>
                            <dispatcher>FORWARD</dispatcher><dispatcher>ERROR</dispatcher>
                          </filter-mapping>
                          <session-config><session-timeout>5</session-timeout></session-config>
                          <mime-mapping>
                            <extension>x</extension><mime-type>text/x</mime-type>
                          </mime-mapping>
                          <welcome-file-list><welcome-file>i.html</welcome-file></welcome-file-list>
                          <error-page>
                            <error-code>404</error-code><location>/404</location>
                          </error-page>
                          <error-page><location>/any</location></error-page>
                          <locale-encoding-mapping-list><locale-encoding-mapping>
                            <locale>ja</locale><encoding>Shift_JIS</encoding>
                          </locale-encoding-mapping></locale-encoding-mapping-list>
                          <request-character-encoding>UTF-8</request-character-encoding>
                          <env-entry/>
                        </web-app>
                        """);
        assertEquals("Shop", web.head().displayName());
        assertTrue(web.head().metadataComplete());
        assertEquals(Map.of("a", ""), web.contextParameters());
        assertEquals(List.of("x.Listener"), web.listeners());
        assertEquals(
                List.of(
                        new ServletDeclaration(
                                "s",
                                "x.S",
                                null,
                                Map.of("p", "1"),
                                2,
                                true,
                                null,
                                new MultipartLimits("", 10, -1, 0),
                                null,
                                Map.of())),
                web.servlets());
        assertEquals(List.of(new ServletMapping("s", List.of("/s/*", ""))), web.servletMappings());
        assertEquals(List.of(new FilterDeclaration("f", "x.F", Map.of(), null)), web.filters());
        assertEquals(
                List.of(
                        new FilterMapping(
                                "f",
                                List.of("/*"),
                                List.of(),
                                Set.of(DispatcherType.FORWARD, DispatcherType.ERROR))),
                web.filterMappings());
        assertEquals(5, web.session().timeoutMinutes());
        assertEquals(Map.of("x", "text/x"), web.mimeTypes());
        assertEquals(List.of("i.html"), web.welcomeFiles());
        assertEquals(
                List.of(new ErrorPage(404, null, "/404"), new ErrorPage(0, null, "/any")),
                web.errorPages());
        assertTrue(web.errorPages().get(1).isDefault());
        assertEquals(Map.of("ja", "Shift_JIS"), web.localeCharsets());
        assertEquals("UTF-8", web.requestCharset());
        assertEquals(
                List.of("43:4: <env-entry> has no effect: this server has no JNDI"), web.skipped());
    }

    @Test
    void neitherNamespaceNorVersionIsNeeded() throws Exception {
        Descriptor web =
                read("<web-app><listener><listener-class>L</listener-class></listener></web-app>");
        assertEquals(List.of("L"), web.listeners());
        assertNull(web.session().timeoutMinutes());
    }

    /** The address of the DTD answers nobody, so a reader that asked for it would fail. */
    @Test
    void aDtdIsNotFetched() throws Exception {
        Descriptor web =
                read(
                        """
                        <!DOCTYPE web-app PUBLIC "-//Sun Microsystems, Inc.//DTD Web Application 2.3//EN"
                          "http://127.0.0.1:1/dtd/web-app_2_3.dtd">
                        <web-app><display-name>old</display-name></web-app>
                        """);
        assertEquals("old", web.head().displayName());
    }

    @Test
    void anExternalEntityIsNotRead() throws Exception {
        String xml =
                """
                <!DOCTYPE web-app [<!ENTITY e SYSTEM "file:///etc/hostname">]>
                <web-app><display-name>a&e;b</display-name></web-app>
                """;
        assertEquals("ab", read(xml).head().displayName());
    }

    @Test
    void aFilterMappingWithoutDispatcherIsForRequests() throws Exception {
        Descriptor web =
                read(
                        "<web-app><filter-mapping><filter-name>f</filter-name>"
                                + "<servlet-name>s</servlet-name></filter-mapping></web-app>");
        assertEquals(Set.of(DispatcherType.REQUEST), web.filterMappings().get(0).dispatcherTypes());
    }

    @Test
    void mistakesAreNamedWithTheirLine() {
        assertTrue(
                refusal("<web-app>\n<servlet>").startsWith("web.xml:2:10: not well-formed XML: "));
        assertEquals(
                "web.xml:2:2: <servlet> needs a <servlet-name>",
                refusal("<web-app>\n<servlet/></web-app>"));
        assertEquals(
                "web.xml:1:1: the document must be a <web-app> or a <web-fragment>",
                refusal("<x/>"));
        assertEquals(
                "web.xml:2:2: <session-timeout> must be a number, not \"soon\"",
                refusal(
                        "<web-app>\n<session-config><session-timeout>soon</session-timeout>"
                                + "</session-config></web-app>"));
        assertTrue(refusal("<web-app>" + "<a>".repeat(70) + "</web-app>").contains("too deeply"));
    }

    @Test
    void section13_8APatternThatProtectsNothingIsRefused() {
        String constraint =
                "<web-app>\n<security-constraint>\n<web-resource-collection>%s"
                        + "</web-resource-collection></security-constraint></web-app>";
        DescriptorException slash =
                assertThrows(
                        DescriptorException.class,
                        () -> read(constraint.formatted("\n<url-pattern>in/*</url-pattern>")));
        assertTrue(
                slash.getMessage()
                        .contains(
                                ":4:2: of a <security-constraint>, the url-pattern \"in/*\" must"
                                        + " begin with /"),
                slash.getMessage());
        DescriptorException none =
                assertThrows(DescriptorException.class, () -> read(constraint.formatted("")));
        assertTrue(none.getMessage().contains(":3:2: "), none.getMessage());
    }

    @Test
    void section13_6ALoginConfigSaysHowAndWithWhichPages() throws Exception {
        LoginConfig form =
                read("""
                <web-app><login-config>
                  <form-login-config><form-login-page>/in</form-login-page><form-error-page>/no</form-error-page></form-login-config>
                </login-config></web-app>\
                """)
                        .login();
        assertEquals(new LoginConfig(LoginConfig.Method.FORM, null, "/in", "/no"), form);
        LoginConfig basic = read("<web-app><login-config/></web-app>").login();
        assertEquals(new LoginConfig(LoginConfig.Method.BASIC, null, null, null), basic);
    }
}

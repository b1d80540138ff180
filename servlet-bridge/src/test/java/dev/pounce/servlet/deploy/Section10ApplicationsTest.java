package dev.pounce.servlet.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pounce.deploy.DeploymentException;
import dev.pounce.testing.TestWebApp;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;

/** Servlet specification, chapters 8 and 10: declarations, start, error pages, welcome files. */
class Section10ApplicationsTest {
    private static final String FAIL =
            """
            @WebServlet("/fail/*")
            public class Fail extends HttpServlet {
                public static class Special extends IllegalStateException { Special(String m) { super(m); } }
                protected void service(HttpServletRequest q, HttpServletResponse r) throws IOException, ServletException {
                    r.setHeader("X-Kept", "yes");
                    r.getWriter().print("dropped");
                    switch (q.getPathInfo()) {
                        case "/special" -> throw new ServletException("outer", new Special("inner"));
                        case "/plain" -> throw new IllegalArgumentException("<b>");
                        case "/418" -> r.sendError(418, "tea & <pot>");
                        case "/409" -> r.sendError(409);
                        case "/late" -> { r.flushBuffer(); throw new IllegalStateException("late"); }
                        case "/gone" -> throw new UnavailableException("for ever");
                        case "/parameter" -> q.getParameter("x");
                        default -> r.sendRedirect("elsewhere?a=b");
                    }
                }
            }
            """;
    private static final String PAGE =
            """
            @WebServlet("/page")
            public class Page extends HttpServlet {
                protected void service(HttpServletRequest q, HttpServletResponse r) throws IOException {
                    r.getWriter().print(q.getDispatcherType() + " " + q.getMethod() + " "
                        + q.getAttribute("jakarta.servlet.error.status_code") + " "
                        + q.getAttribute("jakarta.servlet.error.message") + " "
                        + q.getAttribute("jakarta.servlet.error.exception_type") + " "
                        + q.getAttribute("jakarta.servlet.error.request_uri") + " "
                        + q.getAttribute("jakarta.servlet.error.servlet_name") + " "
                        + q.getAttribute("jakarta.servlet.error.method"));
                }
            }
            """;
    private static final String PAGES =
            """
            <web-app>
              <error-page><exception-type>app.Fail$Special</exception-type><location>/page</location></error-page>
              <error-page><error-code>418</error-code><location>/page</location></error-page>
              <error-page><error-code>404</error-code><location>/404.html</location></error-page>
            </web-app>
            """;

    @TempDir Path folder;

    private TestWebApp webapp(String... sources) throws Exception {
        return DeployedApp.webapp(folder.resolve("app"), sources);
    }

    @Test
    void section10_9ErrorsAreDescribedByTheirPages() throws Exception {
        try (DeployedApp app =
                DeployedApp.start(
                        webapp(FAIL, PAGE)
                                .file("WEB-INF/web.xml", PAGES)
                                .file("404.html", "<p>nothing here"))) {
            String special = app.send("POST", "/fail/special", "", "x");
            assertTrue(special.startsWith("HTTP/1.1 500 "), special);
            assertTrue(
                    special.endsWith(
                            "\n\nERROR GET 500 inner class app.Fail$Special /app/fail/special"
                                    + " app.Fail POST"),
                    special);
            String tea = app.get("/fail/418");
            assertTrue(tea.startsWith("HTTP/1.1 418 "), tea);
            assertTrue(tea.contains("\nERROR GET 418 tea & <pot> null /app/fail/418"), tea);
            assertTrue(tea.contains("X-Kept: yes"), tea);
            String missing = app.get("/none");
            assertTrue(missing.startsWith("HTTP/1.1 404 "), missing);
            assertTrue(missing.endsWith("<p>nothing here"), missing);
            String conflict = app.get("/fail/409");
            assertTrue(conflict.startsWith("HTTP/1.1 409 "), conflict);
            assertTrue(conflict.contains("<h1>409 Conflict</h1>"), conflict);
            String plain = app.get("/fail/plain");
            assertTrue(plain.startsWith("HTTP/1.1 500 "), plain);
            assertTrue(!plain.contains("dropped") && !plain.contains("<b>"), plain);
        }
    }

    @Test
    void aFailureAfterTheCommitEndsVisibly() throws Exception {
        try (DeployedApp app = DeployedApp.start(webapp(FAIL));
                var client = app.connect()) {
            client.send(
                    """
                    GET /app/fail/late HTTP/1.1
                    Host: h

                    """);
            assertTrue(client.readHead().startsWith("HTTP/1.1 200 "));
            assertEquals("dropped", new String(client.readChunk()));
            assertThrows(java.io.IOException.class, client::readChunk);
        }
    }

    @Test
    void section10_5WhatIsInWebInfIsClosedWhateverServletMatches() throws Exception {
        String leak =
                """
                @WebServlet("*.xml")
                public class Leak extends HttpServlet {
                    protected void service(HttpServletRequest q, HttpServletResponse r) throws IOException {
                        getServletContext().getResourceAsStream(q.getServletPath()).transferTo(r.getOutputStream());
                    }
                }
                """;
        try (DeployedApp app =
                DeployedApp.start(
                        webapp(leak).file("WEB-INF/web.xml", PAGES).file("open.xml", "<open/>"))) {
            assertEquals("<open/>", app.content("/open.xml"));
            for (String path :
                    new String[] {
                        "/WEB-INF/web.xml", "/web-inf/web.xml", "/x/../WEB-INF/web.xml",
                        "/WEB-INF;a=b/web.xml", "/%57EB-INF/web.xml", "/META-INF/a.xml"
                    }) {
                String answer = app.get(path);
                assertTrue(answer.startsWith("HTTP/1.1 404 "), path + ": " + answer);
            }
        }
    }

    @Test
    void section10_5DispatchesReachWhatIsInWebInf() throws Exception {
        String view =
                """
                @WebServlet("/view")
                public class View extends HttpServlet {
                    protected void service(HttpServletRequest q, HttpServletResponse r) throws IOException, ServletException {
                        q.getRequestDispatcher("/WEB-INF/views/v.html").forward(q, r);
                    }
                }
                """;
        String pages =
                "<web-app><error-page><error-code>404</error-code>"
                        + "<location>/WEB-INF/views/404.html</location></error-page></web-app>";
        try (DeployedApp app =
                DeployedApp.start(
                        webapp(view)
                                .file("WEB-INF/web.xml", pages)
                                .file("WEB-INF/views/v.html", "<p>view")
                                .file("WEB-INF/views/404.html", "<p>not here"))) {
            assertEquals("<p>view", app.content("/view"));
            String closed = app.get("/WEB-INF/views/v.html");
            assertTrue(closed.startsWith("HTTP/1.1 404 "), closed);
            assertTrue(closed.endsWith("<p>not here"), closed);
        }
    }

    @Test
    void section2_3AnUnavailableServletStaysAway() throws Exception {
        try (DeployedApp app = DeployedApp.start(webapp(FAIL))) {
            assertTrue(app.get("/fail/gone").startsWith("HTTP/1.1 404 "));
            assertTrue(app.get("/fail/409").startsWith("HTTP/1.1 404 "));
        }
    }

    @Test
    void aBrokenParameterThatIsNotCaughtIsTheClientsFault() throws Exception {
        try (DeployedApp app = DeployedApp.start(webapp(FAIL))) {
            assertTrue(app.get("/fail/parameter?x=%zz").startsWith("HTTP/1.1 400 "));
            String redirect = app.get("/fail/redirect");
            assertTrue(redirect.startsWith("HTTP/1.1 302 "), redirect);
            assertTrue(redirect.contains("Location: http://h/app/fail/elsewhere?a=b\n"), redirect);
        }
    }

    @Test
    void section10_10WelcomeFilesAreFilesOrServlets() throws Exception {
        String servlet =
                """
                @WebServlet(urlPatterns = {"/servlet/start", "*.do"})
                public class Start extends HttpServlet {
                    protected void service(HttpServletRequest q, HttpServletResponse r) throws IOException {
                        r.getWriter().print("servlet " + q.getServletPath() + " " + q.getDispatcherType());
                    }
                }
                """;
        String descriptor =
                """
                <web-app><welcome-file-list>
                  <welcome-file>start</welcome-file><welcome-file>first.html</welcome-file>
                  <welcome-file>main.do</welcome-file>
                </welcome-file-list></web-app>
                """;
        try (DeployedApp app =
                DeployedApp.start(
                        webapp(servlet)
                                .file("WEB-INF/web.xml", descriptor)
                                .file("first.html", "first")
                                .file("servlet/first.html", "not this one")
                                .file("bare/other.txt", "x"))) {
            assertEquals("first", app.content("/"));
            assertEquals("servlet /servlet/start REQUEST", app.content("/servlet/"));
            assertEquals("servlet /bare/main.do REQUEST", app.content("/bare/"));
            assertTrue(app.get("/none/").startsWith("HTTP/1.1 404 "));
            assertTrue(app.get("/bare").contains("Location: /app/bare/\n"));
        }
    }

    @Test
    void section8_2_4InitializersAreGivenTheClassesThatTheyHandle() throws Exception {
        String initializer =
                """
                @HandlesTypes({Runnable.class, Deprecated.class})
                public class Init implements ServletContainerInitializer {
                    public void onStartup(Set<Class<?>> types, ServletContext c) {
                        TreeSet<String> names = new TreeSet<>();
                        for (Class<?> t : types) names.add(t.getSimpleName());
                        c.setAttribute("types", names.toString());
                        ServletRegistration.Dynamic s = c.addServlet("late", Late.class);
                        s.addMapping("/late");
                        s.setInitParameter("a", "b");
                        c.addListener(Listen.class);
                    }
                    public static class Late extends HttpServlet {
                        protected void service(HttpServletRequest q, HttpServletResponse r) throws IOException {
                            r.getWriter().print(getServletContext().getAttribute("types") + " "
                                + getInitParameter("a") + " " + getServletContext().getAttribute("order"));
                            try { getServletContext().addServlet("x", Late.class); }
                            catch (IllegalStateException e) { r.getWriter().print(" closed"); }
                        }
                    }
                    public static class Listen implements ServletContextListener {
                        public void contextInitialized(ServletContextEvent e) { e.getServletContext().setAttribute("order", "listener"); }
                    }
                }
                """;
        String work = "public class Work implements Runnable { public void run() {} }";
        String more = "public class More extends Work { Object o; }";
        String marked = "public class Marked { @Deprecated public void old() {} }";
        String broken =
                "public class Broken extends Missing implements Runnable { public void run() {} }";
        TestWebApp webapp =
                webapp(initializer, work, more, marked, broken, "public class Missing {}")
                        .file(
                                "WEB-INF/classes/META-INF/services/jakarta.servlet.ServletContainerInitializer",
                                "app.Init\n");
        java.nio.file.Files.delete(webapp.root().resolve("WEB-INF/classes/app/Missing.class"));
        try (DeployedApp app = DeployedApp.start(webapp)) {
            assertEquals("[Marked, More, Work] b listener closed", app.content("/late"));
        }
    }

    @Test
    void section8_1AWebXmlOverridesAnnotations() throws Exception {
        String servlet =
                """
                @WebServlet(name = "s", urlPatterns = "/annotated", initParams = {@WebInitParam(name = "p", value = "annotation"), @WebInitParam(name = "q", value = "kept")})
                public class S extends HttpServlet {
                    protected void service(HttpServletRequest q, HttpServletResponse r) throws IOException {
                        r.getWriter().print(getInitParameter("p") + " " + getInitParameter("q"));
                    }
                }
                """;
        String descriptor =
                """
                <web-app>
                  <servlet><servlet-name>s</servlet-name>
                    <init-param><param-name>p</param-name><param-value>descriptor</param-value></init-param></servlet>
                  <servlet-mapping><servlet-name>s</servlet-name><url-pattern>/described</url-pattern></servlet-mapping>
                </web-app>
                """;
        try (DeployedApp app =
                DeployedApp.start(webapp(servlet).file("WEB-INF/web.xml", descriptor))) {
            assertEquals("descriptor kept", app.content("/described"));
            assertTrue(app.get("/annotated").startsWith("HTTP/1.1 404 "));
        }
    }

    @Test
    void section11ListenersHearOfStartRequestsAttributesAndEnd() throws Exception {
        String listener =
                """
                @WebListener
                public class L implements ServletContextListener, ServletRequestListener, ServletRequestAttributeListener, ServletContextAttributeListener {
                    static final StringBuffer LOG = new StringBuffer();
                    public void contextInitialized(ServletContextEvent e) { LOG.append("start "); }
                    public void requestInitialized(ServletRequestEvent e) { LOG.append("request "); }
                    public void requestDestroyed(ServletRequestEvent e) { LOG.append("done "); }
                    public void attributeAdded(ServletRequestAttributeEvent e) { LOG.append("+" + e.getName() + " "); }
                    public void attributeReplaced(ServletRequestAttributeEvent e) { LOG.append("~" + e.getValue() + " "); }
                    public void attributeRemoved(ServletRequestAttributeEvent e) { LOG.append("-" + e.getName() + " "); }
                    public void attributeAdded(ServletContextAttributeEvent e) { LOG.append("c+" + e.getName() + " "); }
                }
                """;
        String servlet =
                """
                @WebServlet("/log")
                public class S extends HttpServlet {
                    protected void service(HttpServletRequest q, HttpServletResponse r) throws IOException {
                        q.setAttribute("a", "1"); q.setAttribute("a", "2"); q.setAttribute("a", null);
                        getServletContext().setAttribute("k", "v");
                        r.getWriter().print(L.LOG);
                    }
                }
                """;
        try (DeployedApp app = DeployedApp.start(webapp(listener, servlet))) {
            assertEquals("start request +a ~1 -a c+k ", app.content("/log"));
            assertTrue(app.content("/log").startsWith("start request +a ~1 -a c+k done request"));
        }
    }

    @Test
    void listenersOfTheDescriptorComeBeforeThoseOfInitializers() throws Exception {
        String listener =
                """
                public class L implements ServletContextListener {
                    static final StringBuffer LOG = new StringBuffer();
                    private final String name;
                    public L() { this("descriptor"); }
                    L(String name) { this.name = name; }
                    public void contextInitialized(ServletContextEvent e) { LOG.append(name).append(' '); }
                }
                """;
        String initializer =
                """
                public class Init implements ServletContainerInitializer {
                    public void onStartup(Set<Class<?>> types, ServletContext c) { c.addListener(new L("initializer")); }
                }
                """;
        String servlet =
                """
                @WebServlet("/log")
                public class S extends HttpServlet {
                    protected void service(HttpServletRequest q, HttpServletResponse r) throws IOException { r.getWriter().print(L.LOG); }
                }
                """;
        TestWebApp webapp =
                webapp(listener, initializer, servlet)
                        .file(
                                "WEB-INF/web.xml",
                                "<web-app><listener><listener-class>app.L</listener-class></listener></web-app>")
                        .file(
                                "WEB-INF/classes/META-INF/services/jakarta.servlet.ServletContainerInitializer",
                                "app.Init\n");
        try (DeployedApp app = DeployedApp.start(webapp)) {
            assertEquals("descriptor initializer ", app.content("/log"));
        }
    }

    @Test
    void anApplicationMayHaveADefaultServletOfItsOwn() throws Exception {
        String own =
                """
                public class Own extends HttpServlet {
                    protected void service(HttpServletRequest q, HttpServletResponse r) throws IOException { r.getWriter().print("own " + q.getServletPath()); }
                }
                """;
        String named =
                "<web-app><servlet><servlet-name>default</servlet-name>"
                        + "<servlet-class>app.Own</servlet-class></servlet></web-app>";
        try (DeployedApp app =
                DeployedApp.start(
                        webapp(own).file("WEB-INF/web.xml", named).file("a.txt", "file"))) {
            assertEquals("own /a.txt", app.content("/a.txt"));
        }
    }

    @Test
    void aPathMayBeMappedToTheServersDefaultServlet() throws Exception {
        String mapped =
                "<web-app><servlet-mapping><servlet-name>default</servlet-name>"
                        + "<url-pattern>/static/*</url-pattern></servlet-mapping></web-app>";
        try (DeployedApp app =
                DeployedApp.start(
                        webapp().file("WEB-INF/web.xml", mapped).file("static/a.txt", "file"))) {
            assertEquals("file", app.content("/static/a.txt"));
        }
    }

    @Test
    void aListenerThatFailsAtARequestsEndChangesNoAnswer() throws Exception {
        String listener =
                """
                @WebListener
                public class L implements ServletRequestListener {
                    public void requestDestroyed(ServletRequestEvent e) { throw new IllegalStateException("late"); }
                }
                """;
        String servlet =
                """
                @WebServlet("/s")
                public class S extends HttpServlet {
                    protected void service(HttpServletRequest q, HttpServletResponse r) throws IOException { r.getWriter().print("fine"); }
                }
                """;
        try (DeployedApp app = DeployedApp.start(webapp(listener, servlet))) {
            assertEquals("fine", app.content("/s"));
        }
    }

    @Test
    void librariesBringFilesInMetaInfResources() throws Exception {
        TestWebApp library =
                new TestWebApp(folder.resolve("library"))
                        .file("META-INF/resources/lib/a.txt", "from the library")
                        .file("META-INF/resources/both.txt", "hidden");
        TestWebApp webapp = webapp().file("both.txt", "own").file("WEB-INF/web.xml", "<web-app/>");
        java.nio.file.Files.createDirectories(webapp.root().resolve("WEB-INF/lib"));
        library.pack(webapp.root().resolve("WEB-INF/lib/l.jar"));
        try (DeployedApp app = DeployedApp.start(webapp)) {
            assertEquals("from the library", app.content("/lib/a.txt"));
            assertEquals("own", app.content("/both.txt"));
        }
    }

    @Test
    void whatCannotBeIsRefusedWithItsPlace() throws Exception {
        assertRefused("<web-app><servlet-mapping>", "WEB-INF/web.xml:1:27: not well-formed");
        assertRefused(
                "<web-app>\n<servlet-mapping><servlet-name>n</servlet-name>"
                        + "<url-pattern>/n</url-pattern></servlet-mapping></web-app>",
                "names the servlet n, which is not declared");
        assertRefused(
                "<web-app><servlet><servlet-name>n</servlet-name><servlet-class>app.N</servlet-class></servlet>"
                    + "<servlet-mapping><servlet-name>n</servlet-name>"
                    + "<url-pattern>n</url-pattern></servlet-mapping></web-app>",
                "the url-pattern \"n\" must begin with /");
        assertRefused(
                "<web-app><filter-mapping><filter-name>f</filter-name>"
                        + "<url-pattern>/n</url-pattern></filter-mapping></web-app>",
                "names the filter f, which is not declared");
        assertRefused(
                "<web-app><listener><listener-class>app.Nobody</listener-class></listener></web-app>",
                "the class app.Nobody cannot be loaded");
    }

    private void assertRefused(String descriptor, String reason) throws Exception {
        TestWebApp webapp = webapp().file("WEB-INF/web.xml", descriptor);
        DeploymentException e =
                assertThrows(DeploymentException.class, () -> DeployedApp.start(webapp).close());
        assertTrue(e.getMessage().contains(reason), e.getMessage());
    }
}

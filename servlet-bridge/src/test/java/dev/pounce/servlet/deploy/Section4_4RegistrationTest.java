package dev.pounce.servlet.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pounce.deploy.DeploymentException;
import dev.pounce.testing.TestWebApp;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.MultipartConfigElement;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.ServletRequestEvent;
import jakarta.servlet.ServletRequestListener;
import jakarta.servlet.SessionTrackingMode;
import jakarta.servlet.annotation.MultipartConfig;
import jakarta.servlet.annotation.WebListener;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSessionListener;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.EventListener;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Servlet specification, section 4.4: servlets, filters and listeners from code. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class Section4_4RegistrationTest {
    private static final String RESULTS = "results";

    @FunctionalInterface
    interface Call {
        Object result() throws Exception;
    }

    /** What each call returned or threw. */
    @SuppressWarnings("unchecked")
    static void note(ServletContext context, String name, Call call) {
        Map<String, String> results = (Map<String, String>) context.getAttribute(RESULTS);
        if (results == null) {
            results = new TreeMap<>();
            context.setAttribute(RESULTS, results);
        }
        String result;
        try {
            result = String.valueOf(call.result());
        } catch (Exception e) {
            result = e.getClass().getSimpleName();
        }
        results.put(name, result);
    }

    /** Something that answers nothing. */
    public static class Plain extends HttpServlet {
        private static final long serialVersionUID = 1L;
    }

    @MultipartConfig(maxFileSize = 3)
    public static class Uploads extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doPost(HttpServletRequest q, HttpServletResponse r) throws IOException {
            try {
                r.getWriter().print(q.getParts().size());
            } catch (IllegalStateException | ServletException e) {
                r.getWriter().print("refused");
            }
        }
    }

    public static class Marks extends HttpFilter {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doFilter(HttpServletRequest q, HttpServletResponse r, FilterChain chain)
                throws IOException, ServletException {
            r.addHeader("X-Filters", getFilterConfig().getFilterName());
            chain.doFilter(q, r);
        }
    }

    public static class Nothing implements EventListener {}

    public static class NoConstructor extends HttpServlet {
        private static final long serialVersionUID = 1L;

        NoConstructor(String needed) {
            super();
        }
    }

    /** Declared, so it may register everything but context listeners. */
    @WebListener
    public static class Declared implements ServletContextListener {
        @Override
        public void contextInitialized(ServletContextEvent e) {
            ServletContext c = e.getServletContext();
            note(c, "order", () -> append(c, "declared"));
            note(c, "declared adds a servlet", () -> c.addServlet("d", Plain.class).getName());
            note(
                    c,
                    "declared adds a context listener",
                    () -> {
                        c.addListener(new ByInitializer());
                        return "added";
                    });
            note(
                    c,
                    "declared adds a session listener",
                    () -> {
                        c.addListener(SessionCounter.class);
                        return "added";
                    });
        }
    }

    public static class SessionCounter implements HttpSessionListener {}

    /** Added from code, so it may register nothing. */
    public static class ByInitializer implements ServletContextListener, ServletRequestListener {
        @Override
        public void contextInitialized(ServletContextEvent e) {
            ServletContext c = e.getServletContext();
            note(c, "order", () -> append(c, "added"));
            List<Call> calls =
                    List.of(
                            () -> c.addServlet("x", Plain.class),
                            () -> c.addServlet("x", new Plain()),
                            () -> c.addServlet("x", "X"),
                            () -> c.addJspFile("x", "/x.jsp"),
                            () -> c.createServlet(Plain.class),
                            () -> c.getServletRegistration("x"),
                            c::getServletRegistrations,
                            () -> c.addFilter("x", Marks.class),
                            () -> c.addFilter("x", "X"),
                            () -> c.addFilter("x", new Marks()),
                            () -> c.createFilter(Marks.class),
                            () -> c.getFilterRegistration("x"),
                            c::getFilterRegistrations,
                            () -> c.createListener(SessionCounter.class),
                            () -> c.setInitParameter("x", "x"),
                            c::getSessionCookieConfig);
            for (int i = 0; i < calls.size(); i++) {
                note(c, "restricted %02d".formatted(i), calls.get(i));
            }
            note(c, "restricted reads", () -> c.getInitParameter("p") + c.getContextPath());
            c.setAttribute("restricted", c);
        }

        @Override
        public void requestInitialized(ServletRequestEvent e) {
            ServletContext c = e.getServletContext();
            note(c, "the same application", () -> c.getAttribute("restricted").equals(c));
        }
    }

    private static String append(ServletContext c, String what) {
        Object before = c.getAttribute("order");
        String after = before == null ? what : before + " " + what;
        c.setAttribute("order", after);
        return after;
    }

    public static class Init implements ServletContainerInitializer {
        @Override
        public void onStartup(Set<Class<?>> types, ServletContext c) throws ServletException {
            note(c, "order", () -> append(c, "initializer"));
            names(c);
            ServletRegistration.Dynamic added = c.addServlet("s", Plain.class);
            note(c, "same name again", () -> c.addServlet("s", Plain.class));
            Plain instance = new Plain();
            note(c, "an instance", () -> c.addServlet("i", instance).getClassName());
            note(c, "the same instance again", () -> c.addServlet("j", instance));
            note(
                    c,
                    "declared in web.xml only by name",
                    () -> c.addServlet("w", Uploads.class) != null);
            note(c, "declared in web.xml with class", () -> c.addServlet("web", Plain.class));
            mappings(c, added);
            parameters(c, added);
            filters(c);
            listeners(c);
            sessions(c);
        }

        private static void names(ServletContext c) {
            note(c, "null name", () -> c.addServlet(null, Plain.class));
            note(c, "empty name", () -> c.addServlet("", "X"));
            note(c, "null filter name", () -> c.addFilter(null, Marks.class));
            note(c, "empty JSP name", () -> c.addJspFile("", "/x.jsp"));
            note(c, "JSP without slash", () -> c.addJspFile("jsp1", "x.jsp"));
            note(c, "JSP", () -> c.addJspFile("jsp1", "/x.jsp").addMapping("/jsp1"));
            note(c, "no constructor", () -> c.createServlet(NoConstructor.class));
        }

        private static void mappings(ServletContext c, ServletRegistration.Dynamic added) {
            note(c, "a mapping", () -> added.addMapping("/s", "/s/*"));
            note(c, "a mapping that is taken", () -> added.addMapping("/free", "/web"));
            note(c, "nothing of it was added", () -> List.copyOf(added.getMappings()));
            note(c, "a mapping of its own", () -> added.addMapping("/s"));
            note(c, "no mapping", () -> added.addMapping());
            note(c, "a bad mapping", () -> added.addMapping("s"));
        }

        private static void parameters(ServletContext c, ServletRegistration.Dynamic added) {
            note(c, "a parameter", () -> added.setInitParameter("a", "1"));
            note(c, "a parameter again", () -> added.setInitParameter("a", "2"));
            note(c, "parameters", () -> added.setInitParameters(Map.of("a", "3", "b", "4")));
            note(c, "parameters as they are", added::getInitParameters);
            note(c, "a null parameter", () -> added.setInitParameter(null, "1"));
            note(c, "a parameter without value", () -> added.setInitParameter("n", null));
            note(c, "a context parameter", () -> c.setInitParameter("q", "1"));
            note(c, "a context parameter again", () -> c.setInitParameter("p", "2"));
            note(c, "no multipart", () -> multipart(added, null));
            note(c, "multipart", () -> multipart(added, new MultipartConfigElement("")));
            note(c, "no security", () -> added.setServletSecurity(null));
            added.setRunAsRole("boss");
            note(c, "run as", added::getRunAsRole);
            note(
                    c,
                    "a role without name",
                    () -> {
                        c.declareRoles("a", "");
                        return "declared";
                    });
        }

        private static String multipart(
                ServletRegistration.Dynamic added, MultipartConfigElement config) {
            added.setMultipartConfig(config);
            return "set";
        }

        private static void filters(ServletContext c) throws ServletException {
            Filter filter = c.createFilter(Marks.class);
            FilterRegistration.Dynamic last = c.addFilter("last", filter);
            note(c, "the same filter again", () -> c.addFilter("other", filter));
            note(c, "the same filter name again", () -> c.addFilter("last", Marks.class));
            last.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), true, "/*");
            FilterRegistration.Dynamic first = c.addFilter("first", Marks.class.getName());
            first.addMappingForUrlPatterns(null, false, "/results");
            note(c, "filter patterns", () -> List.copyOf(first.getUrlPatternMappings()));
            FilterRegistration.Dynamic named = c.addFilter("named", Marks.class);
            named.addMappingForServletNames(null, true, "results");
            note(c, "filter names", () -> List.copyOf(named.getServletNameMappings()));
            note(
                    c,
                    "a filter mapping of nothing",
                    () -> {
                        first.addMappingForUrlPatterns(null, true);
                        return "mapped";
                    });
        }

        private static void listeners(ServletContext c) {
            c.addListener(new ByInitializer());
            note(
                    c,
                    "a listener to nothing",
                    () -> {
                        c.addListener(Nothing.class);
                        return "added";
                    });
            note(
                    c,
                    "a listener that is missing",
                    () -> {
                        c.addListener("app.Missing");
                        return "added";
                    });
            note(c, "a listener to nothing is not made", () -> c.createListener(Nothing.class));
        }

        private static void sessions(ServletContext c) {
            note(
                    c,
                    "tracking by TLS",
                    () -> {
                        c.setSessionTrackingModes(
                                EnumSet.of(SessionTrackingMode.SSL, SessionTrackingMode.URL));
                        return "set";
                    });
            c.setSessionTrackingModes(EnumSet.of(SessionTrackingMode.COOKIE));
            note(c, "tracking", c::getEffectiveSessionTrackingModes);
            c.getSessionCookieConfig().setName("id");
        }
    }

    /** Nothing can be registered any more. */
    @WebServlet(name = "results", urlPatterns = "/results")
    public static class Results extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doGet(HttpServletRequest q, HttpServletResponse r) throws IOException {
            ServletContext c = getServletContext();
            ServletRegistration s = c.getServletRegistration("s");
            List<Call> late = new ArrayList<>();
            late.add(() -> c.addServlet("late", Plain.class));
            late.add(() -> c.addFilter("late", Marks.class));
            late.add(() -> c.addJspFile("late", "/x.jsp"));
            late.add(() -> c.setInitParameter("late", "x"));
            late.add(() -> s.addMapping("/late"));
            late.add(() -> s.setInitParameter("late", "x"));
            late.add(() -> run(() -> c.addListener(SessionCounter.class)));
            late.add(() -> run(() -> c.declareRoles("late")));
            late.add(() -> run(() -> c.setSessionTimeout(1)));
            late.add(() -> run(() -> c.setSessionTrackingModes(Set.of())));
            late.add(() -> run(() -> c.getSessionCookieConfig().setName("late")));
            late.add(() -> run(() -> c.setRequestCharacterEncoding("UTF-8")));
            late.add(() -> run(() -> c.setResponseCharacterEncoding("UTF-8")));
            for (int i = 0; i < late.size(); i++) {
                note(c, "late %02d".formatted(i), late.get(i));
            }
            r.setContentType("text/plain");
            ((Map<?, ?>) c.getAttribute(RESULTS))
                    .forEach((name, result) -> print(r, name + ": " + result));
        }

        private static void print(HttpServletResponse r, String line) {
            try {
                r.getWriter().print(line + "\n");
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }

        private static String run(Runnable call) {
            call.run();
            return "done";
        }
    }

    private static final String WEB_XML =
            """
            <web-app>
              <context-param><param-name>p</param-name><param-value>1</param-value></context-param>
              <servlet><servlet-name>w</servlet-name></servlet>
              <servlet-mapping>
                <servlet-name>w</servlet-name><url-pattern>/w</url-pattern>
              </servlet-mapping>
              <servlet>
                <servlet-name>web</servlet-name><servlet-class>%s</servlet-class>
              </servlet>
              <servlet-mapping>
                <servlet-name>web</servlet-name><url-pattern>/web</url-pattern>
              </servlet-mapping>
            </web-app>
            """
                    .formatted(Plain.class.getName());

    private DeployedApp app;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        TestWebApp webapp =
                DeployedApp.webapp(folder.resolve("app"))
                        .classes(Section4_4RegistrationTest.class)
                        .file("WEB-INF/web.xml", WEB_XML)
                        .file(
                                "WEB-INF/classes/" + Library.INITIALIZERS,
                                Init.class.getName() + "\n");
        app = DeployedApp.start(webapp);
    }

    @AfterAll
    void stop() throws Exception {
        app.close();
    }

    @Test
    void whatCodeMayAndMayNotDo() throws Exception {
        StringBuilder expected = new StringBuilder();
        expected.append(
                """
                JSP: []
                JSP without slash: IllegalArgumentException
                a bad mapping: IllegalArgumentException
                a context parameter: true
                a context parameter again: false
                a filter mapping of nothing: IllegalArgumentException
                a listener that is missing: IllegalArgumentException
                a listener to nothing: IllegalArgumentException
                a listener to nothing is not made: IllegalArgumentException
                a mapping: []
                a mapping of its own: []
                a mapping that is taken: [/web]
                a null parameter: IllegalArgumentException
                a parameter: true
                a parameter again: false
                a parameter without value: IllegalArgumentException
                a role without name: IllegalArgumentException
                an instance: %s
                declared adds a context listener: IllegalArgumentException
                declared adds a servlet: d
                declared adds a session listener: added
                declared in web.xml only by name: true
                declared in web.xml with class: null
                empty JSP name: IllegalArgumentException
                empty name: IllegalArgumentException
                filter names: [results]
                filter patterns: [/results]
                """
                        .formatted(Plain.class.getName()));
        for (int i = 0; i < 13; i++) {
            expected.append("late %02d: IllegalStateException\n".formatted(i));
        }
        expected.append(
                """
                multipart: set
                no constructor: ServletException
                no mapping: IllegalArgumentException
                no multipart: IllegalArgumentException
                no security: IllegalArgumentException
                nothing of it was added: [/s, /s/*]
                null filter name: IllegalArgumentException
                null name: IllegalArgumentException
                order: initializer declared added
                parameters: [a]
                parameters as they are: {a=1}
                """);
        for (int i = 0; i < 16; i++) {
            expected.append("restricted %02d: UnsupportedOperationException\n".formatted(i));
        }
        expected.append(
                """
                restricted reads: 1/app
                run as: boss
                same name again: null
                the same application: true
                the same filter again: null
                the same filter name again: null
                the same instance again: null
                tracking: [COOKIE]
                tracking by TLS: IllegalArgumentException
                """);
        assertEquals(expected.toString(), app.content("/results"));
    }

    @Test
    void filtersThatCodeAddsComeBeforeOrAfterThoseThatAreThere() throws Exception {
        String head = app.get("/results");
        assertTrue(head.contains("X-Filters: first\nX-Filters: last\nX-Filters: named\n"), head);
    }

    @Test
    void section4_4_1AServletsClassSaysWhatItTakesAsPartsHoweverItWasRegistered() throws Exception {
        String part =
                "--b\r\n"
                        + "Content-Disposition: form-data; name=\"f\"; filename=\"f\"\r\n\r\n"
                        + "%s\r\n"
                        + "--b--\r\n";
        String type = "Content-Type: multipart/form-data; boundary=b\n";
        String fits = app.send("POST", "/w", type, part.formatted("abc"));
        assertTrue(fits.endsWith("\n\n1"), fits);
        String tooLarge = app.send("POST", "/w", type, part.formatted("abcd"));
        assertTrue(tooLarge.endsWith("\n\nrefused"), tooLarge);
    }

    /** Nothing here runs JSP files, and one of them does not keep the application from starting. */
    @Test
    void aJspFileAnswersWithAFailure() throws Exception {
        assertTrue(app.get("/jsp1").startsWith("HTTP/1.1 500 "));
    }

    @Test
    void aMappedServletNeedsAClass(@TempDir Path folder) throws Exception {
        TestWebApp webapp =
                DeployedApp.webapp(folder.resolve("app"))
                        .file(
                                "WEB-INF/web.xml",
                                "<web-app><servlet><servlet-name>n</servlet-name></servlet>"
                                        + "<servlet-mapping><servlet-name>n</servlet-name>"
                                        + "<url-pattern>/n</url-pattern></servlet-mapping>"
                                        + "</web-app>");
        DeploymentException e =
                assertThrows(DeploymentException.class, () -> DeployedApp.start(webapp).close());
        assertTrue(
                e.getMessage().contains("the servlet n has neither a class nor a JSP file"),
                e.getMessage());
    }
}

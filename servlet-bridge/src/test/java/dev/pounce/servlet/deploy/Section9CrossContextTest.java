package dev.pounce.servlet.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pounce.config.ServerConfig;
import dev.pounce.testing.Await;
import dev.pounce.testing.RawClient;
import dev.pounce.testing.TestWebApp;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Servlet specification, chapter 9 and section 7.3: dispatches into another application. */
@Timeout(60)
class Section9CrossContextTest {
    private static final String GO =
            """
            @WebServlet(urlPatterns = "/go/*", asyncSupported = true)
            public class Go extends HttpServlet {
                protected void service(HttpServletRequest q, HttpServletResponse r) throws IOException, ServletException {
                    ServletContext other = getServletContext().getContext("/other/x");
                    switch (q.getPathInfo()) {
                        case "/forward" -> other.getRequestDispatcher("/show/a?p=new").forward(q, r);
                        case "/named" -> other.getNamedDispatcher("show").forward(q, r);
                        case "/include" -> { r.getWriter().print("before\\n");
                            other.getRequestDispatcher("/show/a").include(q, r);
                            r.getWriter().print("after " + q.getServletContext().getContextPath() + " "
                                + Thread.currentThread().getContextClassLoader().equals(getClass().getClassLoader()) + "\\n"); }
                        case "/async" -> q.startAsync().dispatch(other, "/show/a");
                        case "/start" -> other.getRequestDispatcher("/async").forward(q, r);
                        case "/count" -> other.getRequestDispatcher("/count").include(q, r);
                        case "/both" -> { q.getSession().setAttribute("n", "app's");
                            other.getRequestDispatcher("/count").forward(q, r); }
                        case "/own" -> { HttpSession s = q.getSession(false);
                            r.getWriter().print(s == null ? "none" : s.getId() + " " + s.getAttribute("n")); }
                        case "/back" -> other.getRequestDispatcher("/back").forward(q, r);
                        case "/fail" -> other.getRequestDispatcher("/fail").forward(q, r);
                        case "/error" -> other.getRequestDispatcher("/fail?send").forward(q, r);
                        case "/hold" -> { getServletContext().setAttribute("kept", other);
                            other.getRequestDispatcher("/hold").forward(q, r); }
                        case "/held" -> { ServletContext kept = (ServletContext) getServletContext().getAttribute("kept");
                            r.getWriter().print(kept != null && kept.getAttribute("held") != null); }
                        case "/release" -> ((AsyncContext) ((ServletContext) getServletContext().getAttribute("kept")).getAttribute("held")).complete();
                        case "/again" -> { // an application may keep what it was given
                            if (getServletContext().getAttribute("kept") == null) getServletContext().setAttribute("kept", other);
                            try { ((ServletContext) getServletContext().getAttribute("kept")).getRequestDispatcher("/show/a").forward(q, r); }
                            catch (IllegalStateException e) { r.getWriter().print(e.getMessage()); } }
                        case "/see" -> r.getWriter().print((other == null) + " " + getServletContext().getContext("/app").getContextPath()
                            + " " + getServletContext().getContext("/nowhere") + " " + getServletContext().getContext("/app/deeper").getContextPath());
                        default -> r.getWriter().print("app " + q.getPathInfo() + " " + q.getServletContext().getContextPath());
                    }
                }
            }
            """;
    private static final String PAGE =
            """
            @WebServlet("/page")
            public class Page extends HttpServlet {
                protected void service(HttpServletRequest q, HttpServletResponse r) throws IOException {
                    r.getWriter().print("page of " + q.getContextPath() + " " + q.getAttribute("jakarta.servlet.error.message")
                        + " " + q.getAttribute("jakarta.servlet.error.request_uri"));
                }
            }
            """;
    private static final String DESCRIPTOR =
            "<web-app><error-page><location>/page</location></error-page></web-app>";
    private static final String OTHER =
            """
            @WebServlet(name = "show", urlPatterns = "/show/*")
            public class Show extends HttpServlet {
                protected void service(HttpServletRequest q, HttpServletResponse r) throws IOException {
                    q.setAttribute("set", "there");
                    r.getWriter().print(q.getDispatcherType() + " " + q.getRequestURI() + " " + q.getContextPath() + " " + q.getServletPath()
                        + " " + q.getPathInfo() + " " + q.getParameter("p") + " " + q.getServletContext().getContextPath() + " "
                        + Thread.currentThread().getContextClassLoader().equals(getClass().getClassLoader())
                        + " " + getServletContext().getAttribute("log") + "\\n"
                        + q.getAttribute("jakarta.servlet.forward.context_path") + " " + q.getAttribute("jakarta.servlet.include.context_path")
                        + " " + q.getAttribute("jakarta.servlet.async.context_path") + "\\n");
                }
            }
            """;
    private static final String MORE =
            """
            @WebServlet(urlPatterns = {"/count", "/async", "/back", "/fail", "/hold"}, asyncSupported = true)
            public class More extends HttpServlet {
                protected void service(HttpServletRequest q, HttpServletResponse r) throws IOException, ServletException {
                    String path = String.valueOf(q.getAttribute("jakarta.servlet.include.servlet_path"));
                    switch (path.equals("null") ? q.getServletPath() : path) {
                        case "/count" -> { HttpSession s = q.getSession();
                            Integer n = (Integer) s.getAttribute("n");
                            s.setAttribute("n", n == null ? 1 : n + 1);
                            r.getWriter().print(s.getAttribute("n") + " " + s.isNew() + " " + s.getServletContext().getContextPath()
                                + " " + s.getId() + " " + r.encodeURL("/other/next") + "\\n"); }
                        case "/async" -> { AsyncContext c = q.startAsync(q, r);
                            c.addListener(new AsyncListener() {
                                public void onComplete(AsyncEvent e) throws IOException {
                                    e.getAsyncContext().getResponse().getWriter().print(" completed "
                                        + Thread.currentThread().getContextClassLoader().equals(More.class.getClassLoader())); }
                                public void onTimeout(AsyncEvent e) {}
                                public void onError(AsyncEvent e) {}
                                public void onStartAsync(AsyncEvent e) {} });
                            c.start(() -> {
                                try { c.getResponse().getWriter().print(q.getContextPath() + q.getServletPath() + " "
                                    + Thread.currentThread().getContextClassLoader().equals(More.class.getClassLoader())); }
                                catch (IOException e) { throw new UncheckedIOException(e); }
                                c.complete(); }); }
                        case "/back" -> getServletContext().getContext("/app").getRequestDispatcher("/go/home").forward(q, r);
                        case "/fail" -> { if (q.getQueryString() != null) r.sendError(409, "sent"); else throw new IllegalStateException("thrown"); }
                        case "/hold" -> { AsyncContext held = q.startAsync(); held.setTimeout(0); getServletContext().setAttribute("held", held); }
                    }
                }
            }
            """;
    private static final String LOG =
            """
            @WebListener
            public class Log implements ServletRequestListener, ServletRequestAttributeListener, HttpSessionListener {
                void log(ServletContext c, String what) {
                    Object before = c.getAttribute("log");
                    c.setAttribute("log", (before == null ? "" : before + ",") + what);
                }
                public void requestInitialized(ServletRequestEvent e) { log(e.getServletContext(), "begin"); }
                public void requestDestroyed(ServletRequestEvent e) { log(e.getServletContext(), "end"); }
                public void attributeAdded(ServletRequestAttributeEvent e) { log(e.getServletContext(), "+" + e.getName()); }
                public void sessionCreated(HttpSessionEvent e) { log(e.getSession().getServletContext(), "session"); }
            }
            """;
    private static final Pattern COOKIE =
            Pattern.compile("(?m)^Set-Cookie: JSESSIONID=([^;]*); (.*)$");

    @TempDir Path folder;
    private DeployedApp app;

    private void deploy(String crossContext, String... other) throws Exception {
        ServerConfig config = ServerConfig.defaults();
        app =
                DeployedApp.start(
                        DeployedApp.webapp(folder.resolve("app"), GO, PAGE)
                                .file("WEB-INF/web.xml", DESCRIPTOR),
                        crossContext.isEmpty()
                                ? config
                                : config.with("servlet.cross_context", crossContext));
        TestWebApp second =
                DeployedApp.webapp(folder.resolve("other"), other)
                        .file("WEB-INF/web.xml", DESCRIPTOR);
        app.server().deploy(second.root(), "/other");
    }

    @AfterEach
    void stop() throws Exception {
        if (app != null) {
            app.close();
        }
    }

    /** The whole answer of the other application itself. */
    private String other(String path, String furtherLines) throws Exception {
        try (RawClient client = app.connect()) {
            client.send(
                    "GET /other"
                            + path
                            + " HTTP/1.1\nHost: h\nConnection: close\n"
                            + furtherLines
                            + "\n");
            return client.readToEnd();
        }
    }

    private static String content(String answer) {
        return answer.substring(answer.indexOf("\n\n") + 2);
    }

    @Test
    void otherApplicationsAreNotShownUnlessThatIsConfigured() throws Exception {
        deploy("", OTHER);
        assertEquals("true /app null /app", app.content("/go/see"));
    }

    @Test
    void whoMayDispatchToOthersIsConfiguredByContextPath() throws Exception {
        deploy("/elsewhere, /app", OTHER);
        assertEquals("false /app null /app", app.content("/go/see"));
        app.server().reload(app.server().server().config().with("servlet.cross_context", "/x"));
        assertEquals("true /app null /app", app.content("/go/see"));
    }

    @Test
    void section9_4AForwardIsInTheOtherApplicationWithItsPathsAndLoader() throws Exception {
        deploy("*", OTHER);
        assertEquals(
                """
                FORWARD /other/show/a /other /show /a new /other true null
                /app null null
                """,
                app.content("/go/forward?p=old"));
        assertEquals(
                """
                FORWARD /app/go/named /app /go /named old /other true null
                null null null
                """,
                app.content("/go/named?p=old"));
    }

    @Test
    void section9_3AnIncludeComesBack() throws Exception {
        deploy("*", OTHER);
        assertEquals(
                """
                before
                INCLUDE /app/go/include /app /go /include null /other true null
                null /other null
                after /app true
                """,
                app.content("/go/include"));
    }

    @Test
    void section9_7AnAsynchronousDispatchLeadsThere() throws Exception {
        deploy("*", OTHER);
        assertEquals(
                """
                ASYNC /other/show/a /other /show /a null /other true null
                null null /app
                """,
                app.content("/go/async"));
    }

    @Test
    void whatStartsAsynchronouslyThereStaysThere() throws Exception {
        deploy("*", MORE);
        assertEquals("/other/async true completed true", app.content("/go/start"));
    }

    @Test
    void aDispatchMayComeBackToTheFirstApplication() throws Exception {
        deploy("*", MORE);
        assertEquals("app /home /app", app.content("/go/back"));
    }

    @Test
    void section11_2TheRequestComesIntoTheScopeOfTheOtherAndGoesOutOfIt() throws Exception {
        deploy("*", OTHER, LOG);
        assertTrue(app.content("/go/forward").contains(" true begin,+set\n"));
        String next = app.content("/go/forward");
        assertTrue(next.contains(" true begin,+set,end,begin,+set\n"), next);
    }

    @Test
    void section10_9ErrorsAreThoseOfTheApplicationThatTheClientAsked() throws Exception {
        deploy("*", MORE, PAGE);
        String thrown = app.get("/go/fail");
        assertTrue(thrown.startsWith("HTTP/1.1 500 "), thrown);
        assertEquals("page of /app thrown /app/go/fail", content(thrown));
        String sent = app.get("/go/error");
        assertTrue(sent.startsWith("HTTP/1.1 409 "), sent);
        assertEquals("page of /app sent /app/go/error", content(sent));
    }

    @Test
    void section7_3TheOtherHasASessionOfItsOwnByTheSameId() throws Exception {
        deploy("*", MORE, LOG);
        String first = app.get("/go/count");
        Matcher cookies = COOKIE.matcher(first);
        assertTrue(cookies.find(), first);
        String id = cookies.group(1);
        assertEquals("HttpOnly; Path=/app", cookies.group(2));
        assertTrue(cookies.find(), first);
        assertEquals(id, cookies.group(1));
        assertEquals("HttpOnly; Path=/other", cookies.group(2));
        assertEquals(
                "1 true /other " + id + " /other/next;jsessionid=" + id + "\n", content(first));

        String cookie = "Cookie: JSESSIONID=" + id + "\n";
        assertEquals(
                "2 false /other " + id + " /other/next\n",
                content(app.send("GET", "/go/both", cookie, "")));
        assertEquals(id + " app's", content(app.send("GET", "/go/own", cookie, "")));
        assertEquals("3 false /other " + id + " /other/next\n", content(other("/count", cookie)));
    }

    @Test
    void undeployingTheOtherWaitsForRequestsThatAreThere() throws Exception {
        deploy("*", MORE);
        try (RawClient client = app.connect()) {
            client.send("GET /app/go/hold HTTP/1.1\nHost: h\nConnection: close\n\n");
            Await.until(() -> app.content("/go/held").equals("true"));
            Thread undeploying = Thread.startVirtualThread(() -> app.server().undeploy("/other"));
            Await.until(() -> other("/count", "").startsWith("HTTP/1.1 404 "));
            assertTrue(undeploying.isAlive());
            app.content("/go/release");
            assertTrue(client.readToEnd().startsWith("HTTP/1.1 200 "));
            undeploying.join();
        }
    }

    @Test
    void anApplicationThatIsGoneIsNotDispatchedTo() throws Exception {
        deploy("*", OTHER);
        assertTrue(app.content("/go/again").startsWith("FORWARD /other/show/a"));
        app.server().undeploy("/other");
        assertEquals("the application /other is being undeployed", app.content("/go/again"));
    }
}

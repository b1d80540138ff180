package dev.pounce.servlet.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;

/** Servlet specification, chapter 9: dispatching requests. */
class Section9DispatchTest {
    private static final String SHOW =
            """
            @WebServlet(name = "show", urlPatterns = {"/show/*", "*.show"})
            public class Show extends HttpServlet {
                protected void service(HttpServletRequest q, HttpServletResponse r) throws IOException {
                    r.setHeader("X-Show", "yes");
                    PrintWriter w = r.getWriter();
                    w.print(q.getDispatcherType() + " " + q.getRequestURI() + " " + q.getServletPath()
                        + " " + q.getPathInfo() + " " + q.getQueryString() + " "
                        + String.join(",", q.getParameterValues("p") == null ? new String[0] : q.getParameterValues("p")));
                    for (String kind : List.of("forward", "include")) {
                        for (String part : List.of("request_uri", "context_path", "servlet_path", "path_info", "query_string")) {
                            Object value = q.getAttribute("jakarta.servlet." + kind + "." + part);
                            if (value != null) w.print("\\n" + kind + "." + part + "=" + value);
                        }
                        Object mapping = q.getAttribute("jakarta.servlet." + kind + ".mapping");
                        if (mapping != null) w.print("\\n" + kind + ".mapping=" + ((HttpServletMapping) mapping).getPattern());
                    }
                    w.print("\\n");
                }
            }
            """;
    private static final String GO =
            """
            @WebServlet(name = "go", urlPatterns = "/go/*")
            public class Go extends HttpServlet {
                protected void service(HttpServletRequest q, HttpServletResponse r) throws IOException, ServletException {
                    r.getWriter().print("before\\n");
                    String how = q.getPathInfo();
                    switch (how) {
                        case "/forward" -> q.getRequestDispatcher("/show/target?p=new&x=1").forward(q, r);
                        case "/include" -> q.getRequestDispatcher("/show/target?p=new").include(q, r);
                        case "/relative" -> q.getRequestDispatcher("../x.show").forward(q, r);
                        case "/named" -> getServletContext().getNamedDispatcher("show").forward(q, r);
                        case "/wrapped" -> q.getRequestDispatcher("/show/w").forward(
                            new HttpServletRequestWrapper(q), new HttpServletResponseWrapper(r));
                        case "/committed" -> { r.flushBuffer();
                            try { q.getRequestDispatcher("/show").forward(q, r); }
                            catch (IllegalStateException e) { r.getWriter().print("refused"); } }
                        case "/foreign" -> {
                            try { q.getRequestDispatcher("/show").include((ServletRequest) java.lang.reflect.Proxy.newProxyInstance(
                                    getClass().getClassLoader(), new Class<?>[] {ServletRequest.class}, (a, b, c) -> null), r); }
                            catch (IllegalArgumentException e) { r.getWriter().print("refused"); } }
                        case "/twice" -> q.getRequestDispatcher("/go/forward").forward(q, r);
                        case "/file" -> q.getRequestDispatcher("/page.html").include(q, r);
                        case "/nofile" -> {
                            try { q.getRequestDispatcher("/none.html").include(q, r); }
                            catch (FileNotFoundException e) { r.getWriter().print("not found"); } }
                        case "/climb" -> r.getWriter().print(q.getRequestDispatcher("/../../x"));
                        case "/names" -> r.getWriter().print(getServletContext().getNamedDispatcher("nobody"));
                        default -> r.sendError(404);
                    }
                    r.getWriter().print("after\\n");
                }
            }
            """;
    @TempDir Path folder;
    private DeployedApp app;

    @BeforeEach
    void deploy() throws Exception {
        app =
                DeployedApp.start(
                        DeployedApp.webapp(folder.resolve("app"), SHOW, GO)
                                .file("page.html", "<p>\u00fc</p>\n"));
    }

    @AfterEach
    void stop() throws Exception {
        app.close();
    }

    @Test
    void aForwardShowsThePathOfItsTargetAndTheOriginalOneInAttributes() throws Exception {
        assertEquals(
                """
                FORWARD /app/show/target /show /target p=new&x=1 new,old
                forward.request_uri=/app/go/forward
                forward.context_path=/app
                forward.servlet_path=/go
                forward.path_info=/forward
                forward.query_string=p=old
                forward.mapping=/go/*
                """,
                app.content("/go/forward?p=old"));
    }

    @Test
    void aSecondForwardKeepsTheAttributesOfTheFirst() throws Exception {
        String content = app.content("/go/twice?p=old");
        assertTrue(content.contains("forward.path_info=/twice\n"), content);
        assertTrue(content.startsWith("FORWARD /app/show/target /show /target"), content);
    }

    @Test
    void anIncludeKeepsThePathAndCannotChangeTheHead() throws Exception {
        String answer = app.get("/go/include?p=old");
        assertTrue(
                answer.endsWith(
                        """
                        before
                        INCLUDE /app/go/include /go /include p=old new,old
                        include.request_uri=/app/show/target
                        include.context_path=/app
                        include.servlet_path=/show
                        include.path_info=/target
                        include.query_string=p=new
                        include.mapping=/show/*
                        after
                        """),
                answer);
        assertTrue(!answer.contains("X-Show"), answer);
    }

    @Test
    void aRelativePathStartsAtTheRequestsOwn() throws Exception {
        assertTrue(
                app.content("/go/relative").startsWith("FORWARD /app/x.show /x.show null null \n"));
    }

    @Test
    void aNamedForwardChangesNoPathAndSetsNoAttribute() throws Exception {
        assertEquals("FORWARD /app/go/named /go /named null \n", app.content("/go/named"));
    }

    @Test
    void wrappersArePassedOn() throws Exception {
        assertTrue(app.content("/go/wrapped").startsWith("FORWARD /app/show/w /show /w"));
    }

    @Test
    void aForwardAfterTheCommitIsRefused() throws Exception {
        assertTrue(app.get("/go/committed").contains("refused"));
    }

    @Test
    void aRequestThatIsNoWrapperIsRefused() throws Exception {
        assertTrue(app.content("/go/foreign").contains("refused"));
    }

    @Test
    void aFileCanBeIncludedByAServletThatWritesCharacters() throws Exception {
        String content = app.content("/go/file");
        assertEquals("before\n<p>\u00fc</p>\nafter\n", content);
    }

    @Test
    void aFileThatIsNotThereCannotBeIncluded() throws Exception {
        assertTrue(app.content("/go/nofile").contains("not found"));
    }

    @Test
    void thereIsNoDispatcherForWhatIsNotThere() throws Exception {
        assertEquals("before\nnullafter\n", app.content("/go/climb"));
        assertEquals("before\nnullafter\n", app.content("/go/names"));
    }
}

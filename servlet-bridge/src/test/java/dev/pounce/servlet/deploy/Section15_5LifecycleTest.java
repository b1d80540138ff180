package dev.pounce.servlet.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pounce.deploy.DeploymentException;
import dev.pounce.testing.Javac;
import dev.pounce.testing.TestWebApp;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Servlet specification, section 15.5: PostConstruct and PreDestroy of components. */
class Section15_5LifecycleTest {
    private static final String APP =
            """
            package app;
            import jakarta.annotation.*;
            import jakarta.servlet.*;
            import jakarta.servlet.annotation.*;
            import jakarta.servlet.http.*;
            import java.io.*;

            public class App {
            static class Base extends HttpServlet {
                static final StringBuffer LOG = new StringBuffer();
                @PostConstruct void first() { LOG.append("Base.first "); }
                @PostConstruct void over() { LOG.append("never "); }
                static void tell(ServletContext c, String what) {
                    try (Writer w = new FileWriter(c.getInitParameter("file"), true)) { w.write(what + " "); }
                    catch (IOException e) { throw new UncheckedIOException(e); }
                }
            }

            @WebServlet("/s")
            public static class S extends Base {
                public S() {}
                @PostConstruct private void begin() { LOG.append("S.begin "); }
                @PostConstruct void over() { LOG.append("S.over "); }
                @PreDestroy void end() { tell(getServletContext(), "S.end"); }
                public void init() { LOG.append("init "); }
                public void destroy() { tell(getServletContext(), "destroy"); }
                protected void service(HttpServletRequest q, HttpServletResponse r) throws IOException { r.getWriter().print(LOG); }
            }

            @WebListener
            public static class L implements ServletContextListener {
                ServletContext context;
                public L() {}
                @PostConstruct void made() { Base.LOG.append("L.made "); }
                public void contextInitialized(ServletContextEvent e) { context = e.getServletContext(); }
                @PreDestroy void end() { Base.tell(context, "L.end"); }
            }

            @WebFilter("/*")
            public static class F extends HttpFilter {
                public F() {}
                public void described() { Base.LOG.append("F.described "); }
                public void broken(int number) {}
            }
            }
            """;

    @TempDir Path folder;

    /** The annotations' own classes are not in the application, as they often are not. */
    private TestWebApp webapp(String descriptor) throws IOException {
        Path sources = Files.createDirectories(folder.resolve("sources"));
        String annotation =
                "package jakarta.annotation; import java.lang.annotation.*;"
                        + " @Retention(RetentionPolicy.RUNTIME) public @interface %s {}";
        TestWebApp app = new TestWebApp(folder.resolve("app"));
        Path classes = app.root().resolve("WEB-INF/classes");
        assertEquals(
                "",
                Javac.compile(
                        List.of(
                                Files.writeString(
                                        sources.resolve("PostConstruct.java"),
                                        annotation.formatted("PostConstruct")),
                                Files.writeString(
                                        sources.resolve("PreDestroy.java"),
                                        annotation.formatted("PreDestroy")),
                                Files.writeString(sources.resolve("App.java"), APP)),
                        classes));
        Files.delete(classes.resolve("jakarta/annotation/PostConstruct.class"));
        Files.delete(classes.resolve("jakarta/annotation/PreDestroy.class"));
        return app.file(
                "WEB-INF/web.xml",
                "<web-app><context-param><param-name>file</param-name><param-value>"
                        + told()
                        + "</param-value></context-param>"
                        + descriptor
                        + "</web-app>");
    }

    private Path told() {
        return folder.resolve("told.txt");
    }

    private static String callback(String type, String method) {
        return "<post-construct><lifecycle-callback-class>%s</lifecycle-callback-class><lifecycle-callback-method>%s</lifecycle-callback-method></post-construct>"
                .formatted(type, method);
    }

    @Test
    void componentsAreToldThatTheyAreMadeAndThatTheyHaveEnded() throws Exception {
        try (DeployedApp app = DeployedApp.start(webapp(callback("app.App$F", "described")))) {
            assertEquals("L.made F.described Base.first S.over S.begin init ", app.content("/s"));
        }
        assertEquals("destroy S.end L.end ", Files.readString(told()));
    }

    @Test
    void aMethodThatCannotBeCalledIsRefused() throws Exception {
        TestWebApp app = webapp(callback("app.App$F", "broken"));
        DeploymentException e =
                assertThrows(DeploymentException.class, () -> DeployedApp.start(app).close());
        assertTrue(
                e.getMessage()
                        .contains("app.App$F.broken is to be called on a component and needs"),
                e.getMessage());
    }
}

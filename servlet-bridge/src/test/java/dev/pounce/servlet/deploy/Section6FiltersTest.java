package dev.pounce.servlet.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;

/** Servlet specification, chapter 6: filters, their order, and fused handlers behind them. */
class Section6FiltersTest {
    private static final String MARK =
            """
            public class Mark implements Filter {
                private String mark;
                public void init(FilterConfig c) { mark = c.getInitParameter("mark"); }
                public void doFilter(ServletRequest q, ServletResponse r, FilterChain c) throws IOException, ServletException {
                    ((HttpServletResponse) r).addHeader("X-Mark", mark + "-" + q.getDispatcherType());
                    c.doFilter(q, r);
                }
            }
            """;
    private static final String SERVLET =
            """
            public class Plain extends HttpServlet {
                protected void service(HttpServletRequest q, HttpServletResponse r) throws IOException, ServletException {
                    if (q.getParameter("to") != null && q.getDispatcherType() == DispatcherType.REQUEST) q.getRequestDispatcher(q.getParameter("to")).forward(q, r);
                    else r.getWriter().print("plain");
                }
            }
            """;

    @TempDir Path folder;

    private static String marks(String answer) {
        StringBuilder marks = new StringBuilder();
        answer.lines()
                .filter(line -> line.startsWith("X-Mark: "))
                .forEach(line -> marks.append(line.substring(8)).append(' '));
        return marks.toString().strip();
    }

    private static String filter(String name) {
        return """
        <filter><filter-name>%s</filter-name><filter-class>app.Mark</filter-class>
          <init-param><param-name>mark</param-name><param-value>%s</param-value></init-param></filter>
        """
                .formatted(name, name);
    }

    private static String mapping(String name, String what) {
        return "<filter-mapping><filter-name>"
                + name
                + "</filter-name>"
                + what
                + "</filter-mapping>";
    }

    @Test
    void section6_2_4MappingsByPathComeBeforeThoseByNameEachInTheirOrder() throws Exception {
        String descriptor =
                "<web-app>"
                        + filter("a")
                        + filter("b")
                        + filter("c")
                        + filter("d")
                        + mapping("d", "<servlet-name>plain</servlet-name>")
                        + mapping("c", "<url-pattern>/plain/*</url-pattern>")
                        + mapping("a", "<url-pattern>*.x</url-pattern>")
                        + mapping("b", "<url-pattern>/*</url-pattern>")
                        + mapping(
                                "a",
                                "<url-pattern>/plain/y</url-pattern>"
                                        + "<dispatcher>FORWARD</dispatcher>")
                        + "<servlet><servlet-name>plain</servlet-name><servlet-class>app.Plain</servlet-class></servlet>"
                        + "<servlet-mapping><servlet-name>plain</servlet-name><url-pattern>/plain/*</url-pattern></servlet-mapping>"
                        + "</web-app>";
        try (DeployedApp app =
                DeployedApp.start(
                        DeployedApp.webapp(folder.resolve("app"), MARK, SERVLET)
                                .file("WEB-INF/web.xml", descriptor)
                                .file("z.x", "file"))) {
            assertEquals("c-REQUEST b-REQUEST d-REQUEST", marks(app.get("/plain/y")));
            assertEquals("c-REQUEST a-REQUEST b-REQUEST d-REQUEST", marks(app.get("/plain/z.x")));
            assertEquals("a-REQUEST b-REQUEST", marks(app.get("/z.x")));
            assertEquals(
                    "c-REQUEST b-REQUEST d-REQUEST a-FORWARD",
                    marks(app.get("/plain/w?to=/plain/y")));
        }
    }

    @Test
    void aFusedHandlerRunsBehindTheFiltersThatCoverIt() throws Exception {
        String fused =
                """
                public class Greet {
                    @Fused("/greet/{name}") public String greet(FusedRequest q) { return "hi " + q.pathVariable("name") + q.query("x"); }
                    @Fused(value = "/echo", methods = "POST") public byte[] echo(FusedRequest q) { return q.body(); }
                    @Fused("/free") public String free() { return "free"; }
                }
                """;
        String filter =
                """
                @WebFilter({"/greet/*", "/echo"})
                public class Mark implements Filter {
                    public void doFilter(ServletRequest q, ServletResponse r, FilterChain c) throws IOException, ServletException {
                        ((HttpServletResponse) r).addHeader("X-Mark", "filtered");
                        c.doFilter(q, r);
                    }
                }
                """;
        try (DeployedApp app =
                DeployedApp.start(DeployedApp.webapp(folder.resolve("app"), fused, filter))) {
            String greeting = app.get("/greet/Ada?x=%21");
            assertEquals("filtered", marks(greeting));
            assertTrue(greeting.endsWith("\n\nhi Ada!"), greeting);
            assertTrue(greeting.contains("Content-Type: text/plain;charset=utf-8\n"), greeting);
            assertTrue(app.send("POST", "/echo", "", "12345").endsWith("\n\n12345"));
            String refused = app.get("/echo");
            assertTrue(refused.startsWith("HTTP/1.1 405 "), refused);
            assertTrue(refused.contains("Allow: OPTIONS, POST\n"), refused);
            assertEquals("", marks(app.get("/free")));
            assertTrue(app.get("/free").endsWith("\n\nfree"));
        }
    }
}

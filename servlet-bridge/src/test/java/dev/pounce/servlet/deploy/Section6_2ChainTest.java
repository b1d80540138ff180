package dev.pounce.servlet.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.annotation.WebInitParam;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Locale;

/**
 * Servlet specification, section 6.2: what filters may do, and by which dispatches they are met.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class Section6_2ChainTest {

    /** Notes the dispatch in a header, which an include cannot change, and in the request. */
    @WebFilter(
            filterName = "all",
            asyncSupported = true,
            urlPatterns = "/target/*",
            dispatcherTypes = {
                DispatcherType.REQUEST,
                DispatcherType.FORWARD,
                DispatcherType.INCLUDE,
                DispatcherType.ERROR,
                DispatcherType.ASYNC
            })
    public static final class All extends HttpFilter {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doFilter(HttpServletRequest q, HttpServletResponse r, FilterChain chain)
                throws IOException, ServletException {
            q.setAttribute("met", q.getAttribute("met") + " all-" + q.getDispatcherType());
            chain.doFilter(q, r);
        }
    }

    @WebFilter(filterName = "requests", asyncSupported = true, urlPatterns = "/target/*")
    public static final class Requests extends HttpFilter {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doFilter(HttpServletRequest q, HttpServletResponse r, FilterChain chain)
                throws IOException, ServletException {
            q.setAttribute("met", q.getAttribute("met") + " requests-" + q.getDispatcherType());
            chain.doFilter(q, r);
        }
    }

    @WebServlet(urlPatterns = "/target/*", asyncSupported = true)
    public static final class Target extends Cases {
        private static final long serialVersionUID = 1L;

        void show(HttpServletRequest q, HttpServletResponse r) throws IOException {
            print(r, "met" + String.valueOf(q.getAttribute("met")).replaceFirst("null", ""));
        }
    }

    @WebServlet(urlPatterns = "/start/*", asyncSupported = true)
    public static final class Start extends Cases {
        private static final long serialVersionUID = 1L;

        void forward(HttpServletRequest q, HttpServletResponse r) throws Exception {
            q.getRequestDispatcher("/target/show").forward(q, r);
        }

        void include(HttpServletRequest q, HttpServletResponse r) throws Exception {
            q.getRequestDispatcher("/target/show").include(q, r);
        }

        void async(HttpServletRequest q, HttpServletResponse r) {
            q.startAsync().dispatch("/target/show");
        }

        void error(HttpServletRequest q, HttpServletResponse r) throws IOException {
            r.sendError(418);
        }
    }

    /** Changes what the servlet sees and what the client gets. */
    @WebFilter(
            urlPatterns = "/wrapped/*",
            initParams = {
                @WebInitParam(name = "b", value = "2"),
                @WebInitParam(name = "a", value = "1")
            })
    public static final class Wrap extends HttpFilter {
        private static final long serialVersionUID = 1L;

        @Override
        public void init(FilterConfig config) {
            config.getServletContext()
                    .setAttribute(
                            "config",
                            config.getFilterName().replaceFirst(".*\\$", "")
                                    + Collections.list(config.getInitParameterNames()).stream()
                                            .sorted()
                                            .map(name -> name + config.getInitParameter(name))
                                            .toList()
                                    + config.getInitParameter("none"));
        }

        @Override
        protected void doFilter(HttpServletRequest q, HttpServletResponse r, FilterChain chain)
                throws IOException, ServletException {
            ByteArrayOutputStream held = new ByteArrayOutputStream();
            PrintWriter writer =
                    new PrintWriter(new OutputStreamWriter(held, StandardCharsets.UTF_8));
            chain.doFilter(
                    new HttpServletRequestWrapper(q) {
                        @Override
                        public String getParameter(String name) {
                            return "filtered-" + super.getParameter(name);
                        }
                    },
                    new HttpServletResponseWrapper(r) {
                        @Override
                        public PrintWriter getWriter() {
                            return writer;
                        }

                        @Override
                        public ServletOutputStream getOutputStream() {
                            return new Held(held);
                        }
                    });
            writer.flush();
            r.getWriter().print(held.toString(StandardCharsets.UTF_8).toUpperCase(Locale.ROOT));
        }
    }

    static final class Held extends ServletOutputStream {
        private final ByteArrayOutputStream target;

        Held(ByteArrayOutputStream target) {
            this.target = target;
        }

        @Override
        public void write(int b) {
            target.write(b);
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            throw new UnsupportedOperationException();
        }
    }

    @WebServlet("/wrapped/*")
    public static final class Inner extends Cases {
        private static final long serialVersionUID = 1L;

        void words(HttpServletRequest q, HttpServletResponse r) throws IOException {
            print(r, q.getParameter("p"), getServletContext().getAttribute("config"));
        }

        void bytes(HttpServletRequest q, HttpServletResponse r) throws IOException {
            r.getOutputStream().print("bytes");
        }
    }

    /** Answers itself, or fails. */
    @WebFilter("/blocked/*")
    public static final class Block extends HttpFilter {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doFilter(HttpServletRequest q, HttpServletResponse r, FilterChain chain)
                throws IOException, ServletException {
            if (q.getPathInfo() == null && q.getServletPath().endsWith("/fail")) {
                throw new ServletException("no");
            }
            r.setStatus(403);
            r.getWriter().print("blocked");
        }
    }

    private DeployedApp app;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        app =
                DeployedApp.start(
                        DeployedApp.webapp(folder.resolve("app"))
                                .classes(
                                        Cases.class,
                                        All.class,
                                        Requests.class,
                                        Target.class,
                                        Start.class,
                                        Wrap.class,
                                        Held.class,
                                        Inner.class,
                                        Block.class)
                                .file("blocked/file.txt", "not seen")
                                .file(
                                        "WEB-INF/web.xml",
                                        """
                                        <web-app>
                                          <error-page><error-code>418</error-code><location>/target/show</location></error-page>
                                        </web-app>
                                        """));
    }

    @AfterAll
    void stop() throws Exception {
        app.close();
    }

    @Test
    void section6_2_5FiltersAreMetByTheDispatchesTheyAskFor() throws Exception {
        String direct = app.content("/target/show");
        assertTrue(
                direct.equals("met all-REQUEST requests-REQUEST\n")
                        || direct.equals("met requests-REQUEST all-REQUEST\n"),
                direct);
        assertEquals("met all-FORWARD\n", app.content("/start/forward"));
        assertEquals("met all-INCLUDE\n", app.content("/start/include"));
        assertEquals("met all-ASYNC\n", app.content("/start/async"));
        String error = app.get("/start/error");
        assertTrue(error.startsWith("HTTP/1.1 418 "), error);
        assertTrue(error.endsWith("\nmet all-ERROR\n"), error);
    }

    @Test
    void section6_2_2WrappersChangeRequestAndResponse() throws Exception {
        assertEquals("FILTERED-X WRAP[A1, B2]NULL\n", app.content("/wrapped/words?p=x"));
        assertEquals("BYTES", app.content("/wrapped/bytes"));
    }

    @Test
    void section6_2_1AFilterMayAnswerItself() throws Exception {
        for (String path : new String[] {"/blocked/file.txt", "/blocked/none"}) {
            String answer = app.get(path);
            assertTrue(answer.startsWith("HTTP/1.1 403 "), answer);
            assertTrue(answer.endsWith("\n\nblocked"), answer);
        }
        assertTrue(app.get("/blocked/fail").startsWith("HTTP/1.1 500 "));
    }
}

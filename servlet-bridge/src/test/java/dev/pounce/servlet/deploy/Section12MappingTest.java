package dev.pounce.servlet.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletMapping;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Path;

/** Servlet specification, chapter 12: which servlet answers, and what it is told of why. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class Section12MappingTest {

    public abstract static class Told extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doGet(HttpServletRequest q, HttpServletResponse r) throws IOException {
            HttpServletMapping mapping = q.getHttpServletMapping();
            r.getWriter()
                    .print(
                            String.join(
                                    " ",
                                    getServletName(),
                                    q.getServletPath() + "|" + q.getPathInfo(),
                                    mapping.getMappingMatch().name(),
                                    mapping.getPattern() + "|" + mapping.getMatchValue(),
                                    mapping.getServletName()));
        }
    }

    @WebServlet(name = "exact", urlPatterns = "/catalog/a")
    public static final class Exact extends Told {
        private static final long serialVersionUID = 1L;
    }

    @WebServlet(
            name = "path",
            urlPatterns = {"/catalog/*", "/Catalog/*"})
    public static final class ByPath extends Told {
        private static final long serialVersionUID = 1L;
    }

    @WebServlet(name = "longer", urlPatterns = "/catalog/deep/*")
    public static final class Longer extends Told {
        private static final long serialVersionUID = 1L;
    }

    @WebServlet(name = "extension", urlPatterns = "*.bop")
    public static final class Extension extends Told {
        private static final long serialVersionUID = 1L;
    }

    @WebServlet(name = "root", urlPatterns = "")
    public static final class Root extends Told {
        private static final long serialVersionUID = 1L;
    }

    @WebServlet(name = "default", urlPatterns = "/")
    public static final class Default extends Told {
        private static final long serialVersionUID = 1L;
    }

    private DeployedApp app;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        app =
                DeployedApp.start(
                        DeployedApp.webapp(folder.resolve("app"))
                                .classes(
                                        Told.class,
                                        Exact.class,
                                        ByPath.class,
                                        Longer.class,
                                        Extension.class,
                                        Root.class,
                                        Default.class));
    }

    @AfterAll
    void stop() throws Exception {
        app.close();
    }

    @ParameterizedTest
    @CsvSource(
            textBlock =
                    """
                    /catalog/a,          exact /catalog/a|null EXACT /catalog/a|catalog/a exact
                    /catalog/b,          path /catalog|/b PATH /catalog/*|b path
                    /catalog,            path /catalog|null PATH /catalog/*| path
                    /catalog/,           path /catalog|/ PATH /catalog/*| path
                    /catalog/a/,         path /catalog|/a/ PATH /catalog/*|a/ path
                    /catalog/x.bop,      path /catalog|/x.bop PATH /catalog/*|x.bop path
                    /Catalog/a,          path /Catalog|/a PATH /Catalog/*|a path
                    /catalog/deep/a,     longer /catalog/deep|/a PATH /catalog/deep/*|a longer
                    /catalog/deeper,     path /catalog|/deeper PATH /catalog/*|deeper path
                    /catalog/%61,        exact /catalog/a|null EXACT /catalog/a|catalog/a exact
                    /catalog/a;v=1,      exact /catalog/a|null EXACT /catalog/a|catalog/a exact
                    /x.bop,              extension /x.bop|null EXTENSION *.bop|x extension
                    /a/b/x.y.bop,        extension /a/b/x.y.bop|null EXTENSION *.bop|a/b/x.y extension
                    /x.BOP,              default /x.BOP|null DEFAULT /| default
                    /x.bop/a,            default /x.bop/a|null DEFAULT /| default
                    /,                   root |/ CONTEXT_ROOT | root
                    /CATALOG/a,          default /CATALOG/a|null DEFAULT /| default
                    """)
    void section12_1TheMostSpecificPatternWins(String path, String told) throws Exception {
        assertEquals(told, app.content(path));
    }
}

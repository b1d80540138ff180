package dev.pounce.servlet.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pounce.testing.TestWebApp;

import jakarta.servlet.ServletException;
import jakarta.servlet.UnavailableException;
import jakarta.servlet.annotation.WebInitParam;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collections;

/** Servlet specification, chapter 2: the life of servlets, and the methods of HTTP. */
class Section2ServletsTest {

    /** Writes down what becomes of it, in a file whose name the descriptor gives. */
    public static class Living extends HttpServlet {
        private static final long serialVersionUID = 1L;
        private transient int calls;

        private void note(String what) {
            try {
                Files.writeString(
                        Path.of(getServletContext().getInitParameter("notes")),
                        getServletName() + " " + what + "\n",
                        StandardOpenOption.CREATE,
                        StandardOpenOption.APPEND);
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }

        @Override
        public void init() {
            note("init " + getInitParameter("p") + Collections.list(getInitParameterNames()));
        }

        @Override
        protected void doGet(HttpServletRequest q, HttpServletResponse r) throws IOException {
            calls++;
            r.getWriter().print(getServletName() + " " + calls);
        }

        @Override
        public void destroy() {
            note("destroy");
        }
    }

    @WebServlet("/methods")
    public static final class Methods extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected long getLastModified(HttpServletRequest q) {
            return 784111777000L;
        }

        @Override
        protected void doGet(HttpServletRequest q, HttpServletResponse r) throws IOException {
            r.getWriter().print("content");
        }
    }

    @WebServlet(urlPatterns = "/refuse/*", initParams = @WebInitParam(name = "unused", value = ""))
    public static final class Refuse extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        public void init() throws ServletException {
            String how = getInitParameter("how");
            switch (how == null ? "" : how) {
                case "permanent" -> throw new UnavailableException("never");
                case "temporary" -> throw new UnavailableException("later", 3600);
                case "failing" -> throw new ServletException("broken");
                default -> {}
            }
        }

        @Override
        protected void doGet(HttpServletRequest q, HttpServletResponse r)
                throws ServletException, IOException {
            if (q.getPathInfo() != null) {
                throw new UnavailableException("later", 3600);
            }
            r.getWriter().print("there");
        }
    }

    @TempDir Path folder;

    private TestWebApp webapp(String descriptor, Class<?>... types) throws Exception {
        return DeployedApp.webapp(folder.resolve("app"))
                .classes(types)
                .file("WEB-INF/web.xml", "<web-app>" + descriptor + "</web-app>");
    }

    private static String servlet(Class<?> type, String name, String further) {
        return """
        <servlet><servlet-name>%s</servlet-name><servlet-class>%s</servlet-class>%s</servlet>
        <servlet-mapping><servlet-name>%1$s</servlet-name><url-pattern>/%1$s</url-pattern></servlet-mapping>
        """
                .formatted(name, type.getName(), further);
    }

    @Test
    void section2_3ServletsAreInitialisedInOrderCalledAndDestroyedOnce() throws Exception {
        Path notes = folder.resolve("notes");
        String parameter =
                "<init-param><param-name>p</param-name><param-value>v</param-value></init-param>";
        TestWebApp webapp =
                webapp(
                        "<context-param><param-name>notes</param-name><param-value>"
                                + notes
                                + "</param-value></context-param>"
                                + servlet(Living.class, "lazy", parameter)
                                + servlet(
                                        Living.class,
                                        "second",
                                        "<load-on-startup>2</load-on-startup>")
                                + servlet(
                                        Living.class,
                                        "first",
                                        "<load-on-startup>0</load-on-startup>")
                                + servlet(
                                        Living.class,
                                        "negative",
                                        "<load-on-startup>-1</load-on-startup>"),
                        Living.class);
        try (DeployedApp app = DeployedApp.start(webapp)) {
            assertEquals("first init null[]\nsecond init null[]\n", Files.readString(notes));
            assertEquals("lazy 1", app.content("/lazy"));
            assertEquals("lazy 2", app.content("/lazy"));
            assertEquals("first 1", app.content("/first"));
        }
        assertEquals(
                """
                first destroy
                first init null[]
                lazy destroy
                lazy init v[p]
                second destroy
                second init null[]
                """,
                Files.readString(notes)
                        .lines()
                        .sorted()
                        .collect(java.util.stream.Collectors.joining("\n", "", "\n")));
    }

    @Test
    void section2_3_2_1WhatIsUnavailableSaysForHowLong() throws Exception {
        StringBuilder servlets = new StringBuilder();
        for (String how : new String[] {"permanent", "temporary", "failing"}) {
            servlets.append(
                    servlet(
                            Refuse.class,
                            how,
                            "<init-param><param-name>how</param-name><param-value>"
                                    + how
                                    + "</param-value></init-param>"));
        }
        try (DeployedApp app = DeployedApp.start(webapp(servlets.toString(), Refuse.class))) {
            for (int i = 0; i < 2; i++) {
                assertTrue(app.get("/permanent").startsWith("HTTP/1.1 404 "));
                String temporary = app.get("/temporary");
                assertTrue(temporary.startsWith("HTTP/1.1 503 "), temporary);
                assertTrue(temporary.contains("\nRetry-After: "), temporary);
                assertTrue(app.get("/failing").startsWith("HTTP/1.1 500 "));
            }
            assertEquals("there", app.content("/refuse"));
            String called = app.get("/refuse/now");
            assertTrue(called.startsWith("HTTP/1.1 503 "), called);
            assertTrue(called.contains("\nRetry-After: "), called);
        }
    }

    @Test
    void section2_1MethodsThatAServletDoesNotHaveAreRefused() throws Exception {
        try (DeployedApp app = DeployedApp.start(webapp("", Methods.class))) {
            String get = app.get("/methods");
            assertTrue(get.contains("\nLast-Modified: Sun, 06 Nov 1994 08:49:37 GMT\n"), get);
            assertTrue(get.contains("\nContent-Length: 7\n"), get);
            String head = app.send("HEAD", "/methods", "", "");
            assertTrue(head.contains("\nContent-Length: 7\n"), head);
            assertTrue(head.endsWith("\n\n"), head);
            String unchanged =
                    app.send(
                            "GET",
                            "/methods",
                            "If-Modified-Since: Sun, 06 Nov 1994 08:49:37 GMT\n",
                            "");
            assertTrue(unchanged.startsWith("HTTP/1.1 304 "), unchanged);
            String options = app.send("OPTIONS", "/methods", "", "");
            assertTrue(options.contains("\nAllow: GET, HEAD, "), options);
            for (String method : new String[] {"POST", "PUT", "DELETE"}) {
                String answer = app.send(method, "/methods", "", "");
                assertTrue(answer.startsWith("HTTP/1.1 405 "), answer);
            }
            String unknown = app.send("FROBNICATE", "/methods", "", "");
            assertTrue(unknown.startsWith("HTTP/1.1 501 "), unknown);
            assertFalse(unknown.contains("content"), unknown);
        }
    }
}

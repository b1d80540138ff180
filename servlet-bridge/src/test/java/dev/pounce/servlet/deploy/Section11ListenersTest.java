package dev.pounce.servlet.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pounce.testing.CapturedLog;
import dev.pounce.testing.TestWebApp;

import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextAttributeEvent;
import jakarta.servlet.ServletContextAttributeListener;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.ServletRequestAttributeEvent;
import jakarta.servlet.ServletRequestAttributeListener;
import jakarta.servlet.ServletRequestEvent;
import jakarta.servlet.ServletRequestListener;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.HttpSessionAttributeListener;
import jakarta.servlet.http.HttpSessionBindingEvent;
import jakarta.servlet.http.HttpSessionBindingListener;
import jakarta.servlet.http.HttpSessionEvent;
import jakarta.servlet.http.HttpSessionIdListener;
import jakarta.servlet.http.HttpSessionListener;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** Servlet specification, chapter 11: who hears of what, and in which order. */
class Section11ListenersTest {

    /** Writes down what it hears, in a file whose name the descriptor gives. */
    public abstract static class Hearing
            implements ServletContextListener,
                    ServletContextAttributeListener,
                    ServletRequestListener,
                    ServletRequestAttributeListener,
                    HttpSessionListener,
                    HttpSessionAttributeListener,
                    HttpSessionIdListener {

        private void note(ServletContext context, String what) {
            note(context, getClass().getName().replaceFirst(".*\\$", ""), what);
        }

        static void note(ServletContext context, String who, String what) {
            try {
                Files.writeString(
                        Path.of(context.getInitParameter("notes")),
                        who + " " + what + "\n",
                        StandardOpenOption.CREATE,
                        StandardOpenOption.APPEND);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void contextInitialized(ServletContextEvent e) {
            note(e.getServletContext(), "begins");
        }

        @Override
        public void contextDestroyed(ServletContextEvent e) {
            note(e.getServletContext(), "ends");
        }

        @Override
        public void attributeAdded(ServletContextAttributeEvent e) {
            note(e.getServletContext(), "context + " + e.getName() + "=" + e.getValue());
        }

        @Override
        public void attributeReplaced(ServletContextAttributeEvent e) {
            note(e.getServletContext(), "context was " + e.getName() + "=" + e.getValue());
        }

        @Override
        public void attributeRemoved(ServletContextAttributeEvent e) {
            note(e.getServletContext(), "context - " + e.getName() + "=" + e.getValue());
        }

        @Override
        public void requestInitialized(ServletRequestEvent e) {
            note(e.getServletContext(), "request begins");
        }

        @Override
        public void requestDestroyed(ServletRequestEvent e) {
            note(e.getServletContext(), "request ends");
        }

        @Override
        public void attributeAdded(ServletRequestAttributeEvent e) {
            note(e.getServletContext(), "request + " + e.getName() + "=" + e.getValue());
        }

        @Override
        public void attributeReplaced(ServletRequestAttributeEvent e) {
            note(e.getServletContext(), "request was " + e.getName() + "=" + e.getValue());
        }

        @Override
        public void attributeRemoved(ServletRequestAttributeEvent e) {
            note(e.getServletContext(), "request - " + e.getName() + "=" + e.getValue());
        }

        @Override
        public void sessionCreated(HttpSessionEvent e) {
            note(e.getSession().getServletContext(), "session begins");
        }

        @Override
        public void sessionDestroyed(HttpSessionEvent e) {
            HttpSession session = e.getSession();
            note(session.getServletContext(), "session ends " + session.getAttribute("last"));
        }

        @Override
        public void attributeAdded(HttpSessionBindingEvent e) {
            note(
                    e.getSession().getServletContext(),
                    "session + " + e.getName() + "=" + e.getValue());
        }

        @Override
        public void attributeReplaced(HttpSessionBindingEvent e) {
            note(
                    e.getSession().getServletContext(),
                    "session was " + e.getName() + "=" + e.getValue());
        }

        @Override
        public void attributeRemoved(HttpSessionBindingEvent e) {
            note(
                    e.getSession().getServletContext(),
                    "session - " + e.getName() + "=" + e.getValue());
        }

        @Override
        public void sessionIdChanged(HttpSessionEvent e, String before) {
            note(
                    e.getSession().getServletContext(),
                    "session id " + !e.getSession().getId().equals(before));
        }
    }

    public static final class First extends Hearing {}

    public static final class Second extends Hearing {}

    /** Hears of itself. */
    static final class Bound implements HttpSessionBindingListener {
        private final String name;

        Bound(String name) {
            this.name = name;
        }

        @Override
        public void valueBound(HttpSessionBindingEvent e) {
            Hearing.note(e.getSession().getServletContext(), name, "bound as " + e.getName());
        }

        @Override
        public void valueUnbound(HttpSessionBindingEvent e) {
            Hearing.note(e.getSession().getServletContext(), name, "unbound as " + e.getName());
        }

        @Override
        public String toString() {
            return name;
        }
    }

    @WebServlet("/do/*")
    public static final class Do extends Cases {
        private static final long serialVersionUID = 1L;

        void context(HttpServletRequest q, HttpServletResponse r) {
            getServletContext().setAttribute("k", 1);
            getServletContext().setAttribute("k", 2);
            getServletContext().removeAttribute("k");
            getServletContext().removeAttribute("k");
        }

        void request(HttpServletRequest q, HttpServletResponse r) {
            q.setAttribute("k", 1);
            q.setAttribute("k", 2);
            q.setAttribute("k", null);
            q.removeAttribute("k");
        }

        void session(HttpServletRequest q, HttpServletResponse r) {
            HttpSession session = q.getSession();
            session.setAttribute("k", 1);
            session.setAttribute("k", 2);
            session.removeAttribute("k");
            q.changeSessionId();
            session.setAttribute("last", "word");
            session.invalidate();
        }

        void binding(HttpServletRequest q, HttpServletResponse r) {
            HttpSession session = q.getSession();
            session.setAttribute("k", new Bound("one"));
            session.setAttribute("k", new Bound("two"));
            session.removeAttribute("k");
            session.setAttribute("k", new Bound("three"));
            session.invalidate();
        }
    }

    @TempDir Path folder;
    private Path notes;
    private DeployedApp app;

    @BeforeEach
    void start() throws Exception {
        notes = folder.resolve("notes");
        app =
                DeployedApp.start(
                        DeployedApp.webapp(folder.resolve("app"))
                                .classes(
                                        Cases.class,
                                        Do.class,
                                        Bound.class,
                                        Hearing.class,
                                        First.class,
                                        Second.class)
                                .file(
                                        "WEB-INF/web.xml",
                                        """
                                        <web-app>
                                          <context-param><param-name>notes</param-name><param-value>%s</param-value></context-param>
                                          <listener><listener-class>%s</listener-class></listener>
                                          <listener><listener-class>%s</listener-class></listener>
                                        </web-app>
                                        """
                                                .formatted(
                                                        notes,
                                                        First.class.getName(),
                                                        Second.class.getName())));
    }

    @AfterEach
    void stop() throws Exception {
        app.close();
    }

    /** What both hear while a request is answered, the first one's lines without its name. */
    private String heard(String path) throws Exception {
        String before = Files.readString(notes);
        app.content(path);
        return Files.readString(notes).substring(before.length());
    }

    @Test
    void section11_3ListenersHearInTheirOrderAndOfEndsInReverse() throws Exception {
        assertEquals("First begins\nSecond begins\n", Files.readString(notes));
        app.close();
        assertEquals(
                "First begins\nSecond begins\nSecond ends\nFirst ends\n",
                Files.readString(notes).replaceAll("(First|Second) (request|context).*\n", ""));
    }

    @Test
    void section11_2AttributesOfTheContextAreHeardOf() throws Exception {
        assertEquals(
                """
                First request begins
                Second request begins
                First context + k=1
                Second context + k=1
                First context was k=1
                Second context was k=1
                First context - k=2
                Second context - k=2
                Second request ends
                First request ends
                """,
                heard("/do/context"));
    }

    @Test
    void section11_2AttributesOfARequestAreHeardOf() throws Exception {
        assertEquals(
                """
                First request begins
                Second request begins
                First request + k=1
                Second request + k=1
                First request was k=1
                Second request was k=1
                First request - k=2
                Second request - k=2
                Second request ends
                First request ends
                """,
                heard("/do/request"));
    }

    @Test
    void section11_2SessionsAreHeardOfFromTheirBeginningToTheirEnd() throws Exception {
        assertEquals(
                """
                First request begins
                Second request begins
                First session begins
                Second session begins
                First session + k=1
                Second session + k=1
                First session was k=1
                Second session was k=1
                First session - k=2
                Second session - k=2
                First session id true
                Second session id true
                First session + last=word
                Second session + last=word
                Second session ends word
                First session ends word
                First session - last=word
                Second session - last=word
                Second request ends
                First request ends
                """,
                heard("/do/session"));
    }

    @Test
    void section11_2ValuesHearOfThemselves() throws Exception {
        assertEquals(
                """
                one bound as k
                two bound as k
                one unbound as k
                two unbound as k
                three bound as k
                three unbound as k
                """,
                heard("/do/binding").replaceAll("(First|Second) .*\n", ""));
    }

    /** Section 8.1.4 names what there is to listen to; this is none of it, and OpenCMIS has it. */
    @Test
    void section8_1_4AListenerToNothingIsLeftOut() throws Exception {
        TestWebApp odd =
                DeployedApp.webapp(
                        folder.resolve("odd"),
                        """
                        public class Odd implements AsyncListener {
                            public void onComplete(AsyncEvent event) { }
                            public void onTimeout(AsyncEvent event) { }
                            public void onError(AsyncEvent event) { }
                            public void onStartAsync(AsyncEvent event) { }
                        }
                        """);
        odd.file(
                        "WEB-INF/web.xml",
                        "<web-app><listener><listener-class>app.Odd</listener-class></listener>"
                                + "</web-app>")
                .file("page.txt", "a page");
        try (CapturedLog log = new CapturedLog();
                DeployedApp other = DeployedApp.start(odd)) {
            assertEquals("a page", other.content("/page.txt"));
            assertEquals(
                    List.of(
                            "WARN webapp.app - a declared listener is left out: app.Odd listens to"
                                    + " nothing that an application has"),
                    log.lines("app.Odd"));
        }
    }
}

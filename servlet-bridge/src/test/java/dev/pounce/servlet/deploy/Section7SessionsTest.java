package dev.pounce.servlet.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Servlet specification, chapter 7: sessions, as a client sees them. */
class Section7SessionsTest {
    private static final Pattern COOKIE = Pattern.compile("Set-Cookie: (\\w+)=([^;\n]+)([^\n]*)");
    private static final String COUNTER =
            """
            @WebServlet("/count")
            public class Count extends HttpServlet {
                protected void service(HttpServletRequest q, HttpServletResponse r) throws IOException {
                    HttpSession s = q.getSession();
                    Integer n = (Integer) s.getAttribute("n");
                    s.setAttribute("n", n == null ? 1 : n + 1);
                    if (q.getParameter("end") != null) s.invalidate();
                    else if (q.getParameter("change") != null) q.changeSessionId();
                    if (q.getParameter("reset") != null) r.reset();
                    r.getWriter().print((n == null ? 1 : n + 1) + " " + r.encodeURL("count") + " "
                        + q.isRequestedSessionIdFromCookie() + q.isRequestedSessionIdFromURL() + q.isRequestedSessionIdValid());
                }
            }
            """;

    @TempDir Path folder;

    private static Matcher cookie(String answer) {
        Matcher cookie = COOKIE.matcher(answer);
        assertTrue(cookie.find(), answer);
        return cookie;
    }

    private static String content(String answer) {
        return answer.substring(answer.indexOf("\n\n") + 2);
    }

    @Test
    void aSessionIsKeptByItsCookieAndItsIdCanChange() throws Exception {
        try (DeployedApp app =
                DeployedApp.start(DeployedApp.webapp(folder.resolve("app"), COUNTER))) {
            String first = app.get("/count");
            Matcher cookie = cookie(first);
            String id = cookie.group(2);
            assertEquals("JSESSIONID", cookie.group(1));
            assertEquals("; HttpOnly; Path=/app", cookie.group(3));
            assertEquals("1 count;jsessionid=" + id + " falsefalsefalse", content(first));
            String second = app.send("GET", "/count", "Cookie: JSESSIONID=" + id + "\n", "");
            assertTrue(!second.contains("Set-Cookie"), second);
            assertEquals("2 count truefalsetrue", content(second));
            String changed =
                    app.send("GET", "/count?change", "Cookie: JSESSIONID=" + id + "\n", "");
            String next = cookie(changed).group(2);
            assertTrue(!next.equals(id));
            assertEquals(
                    "4 count truefalsetrue",
                    content(app.send("GET", "/count", "Cookie: JSESSIONID=" + next + "\n", "")));
            assertEquals(
                    "1",
                    content(app.send("GET", "/count", "Cookie: JSESSIONID=" + id + "\n", ""))
                            .substring(0, 1));
            String ended = app.send("GET", "/count?end", "Cookie: JSESSIONID=" + next + "\n", "");
            assertEquals("5 count truefalsefalse", content(ended));
            assertEquals(
                    "1",
                    content(app.send("GET", "/count", "Cookie: JSESSIONID=" + next + "\n", ""))
                            .substring(0, 1));
        }
    }

    @Test
    void aSessionIsKeptByUrlsForClientsWithoutCookies() throws Exception {
        try (DeployedApp app =
                DeployedApp.start(DeployedApp.webapp(folder.resolve("app"), COUNTER))) {
            String id = cookie(app.get("/count")).group(2);
            assertEquals(
                    "2 count;jsessionid=" + id + " falsetruetrue",
                    content(app.get("/count;jsessionid=" + id)));
        }
    }

    @Test
    void aResetKeepsTheCookieOfANewSession() throws Exception {
        try (DeployedApp app =
                DeployedApp.start(DeployedApp.webapp(folder.resolve("app"), COUNTER))) {
            cookie(app.get("/count?reset"));
        }
    }

    @Test
    void section14TheDescriptorConfiguresTheCookie() throws Exception {
        String descriptor =
                """
                <web-app><session-config>
                  <session-timeout>7</session-timeout>
                  <cookie-config><name>SID</name><domain>h</domain><path>/</path><http-only>false</http-only>
                    <secure>true</secure><max-age>60</max-age>
                    <attribute><attribute-name>SameSite</attribute-name><attribute-value>Strict</attribute-value></attribute>
                  </cookie-config>
                  <tracking-mode>COOKIE</tracking-mode>
                </session-config></web-app>
                """;
        try (DeployedApp app =
                DeployedApp.start(
                        DeployedApp.webapp(folder.resolve("app"), COUNTER)
                                .file("WEB-INF/web.xml", descriptor))) {
            String answer = app.get("/count");
            Matcher cookie = cookie(answer);
            assertEquals("SID", cookie.group(1));
            for (String part :
                    new String[] {
                        "Domain=h", "Path=/", "Secure", "Max-Age=60", "SameSite=Strict"
                    }) {
                assertTrue(cookie.group(3).contains("; " + part), cookie.group(3));
            }
            assertTrue(!cookie.group(3).contains("HttpOnly"), cookie.group(3));
            assertEquals("1 count falsefalsefalse", content(answer));
        }
    }

    @Test
    void section11ListenersHearOfSessionsUntilTheApplicationEnds() throws Exception {
        String listener =
                """
                @WebListener
                public class L implements HttpSessionListener, HttpSessionAttributeListener, HttpSessionIdListener, ServletContextListener {
                    static final StringBuffer LOG = new StringBuffer();
                    public void sessionCreated(HttpSessionEvent e) { LOG.append("created "); }
                    public void sessionDestroyed(HttpSessionEvent e) { LOG.append("destroyed:" + e.getSession().getAttribute("n") + " "); }
                    public void attributeAdded(HttpSessionBindingEvent e) { LOG.append("+" + e.getName() + " "); }
                    public void attributeReplaced(HttpSessionBindingEvent e) { LOG.append("~" + e.getValue() + " "); }
                    public void sessionIdChanged(HttpSessionEvent e, String old) { LOG.append("changed "); }
                    public void contextDestroyed(ServletContextEvent e) { System.setProperty("pounce.test.sessions", LOG + "end"); }
                }
                """;
        try (DeployedApp app =
                DeployedApp.start(DeployedApp.webapp(folder.resolve("app"), COUNTER, listener))) {
            String id = cookie(app.get("/count")).group(2);
            app.send("GET", "/count?change", "Cookie: JSESSIONID=" + id + "\n", "");
        }
        assertEquals(
                "created +n ~1 changed destroyed:2 end",
                System.getProperties().remove("pounce.test.sessions"));
    }
}

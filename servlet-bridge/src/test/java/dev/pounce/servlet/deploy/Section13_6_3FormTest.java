package dev.pounce.servlet.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pounce.config.ServerConfig;
import dev.pounce.testing.CapturedLog;
import dev.pounce.testing.TestWebApp;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Servlet specification, section 13.6.3: FORM. */
@Timeout(60)
class Section13_6_3FormTest {
    private static final Pattern SESSION = Pattern.compile("JSESSIONID=([A-Za-z0-9_-]+)");
    private static final Pattern LOCATION = Pattern.compile("\nLocation: ([^\n]+)\n");
    private static final String FORM = "Content-Type: application/x-www-form-urlencoded\n";
    private static final String RIGHT = "j_username=ada&j_password=s%C3%A9cret";
    private static final String WHO =
            """
            @WebServlet({"/in/*", "/open/*"})
            public class Who extends HttpServlet {
                protected void service(HttpServletRequest q, HttpServletResponse r) throws IOException, ServletException {
                    if (q.getParameter("ask") != null && !q.authenticate(r)) return;
                    if (q.getParameter("out") != null) q.logout();
                    if (q.getParameter("name") != null) q.login(q.getParameter("name"), "s\u00e9cret");
                    HttpSession s = q.getSession(false);
                    r.setContentType("text/plain;charset=iso-8859-1");
                    r.getWriter().print(q.getMethod() + " " + q.getRemoteUser() + " " + q.getAuthType() + " " + q.isUserInRole("a")
                        + " p=" + q.getParameter("p") + " h=" + q.getHeader("X-Asked") + " t=" + q.getContentType() + " l=" + q.getContentLength()
                        + " s=" + (s == null ? null : s.getMaxInactiveInterval() + "," + s.getAttribute("mark")));
                    if (s != null && q.getParameter("mark") != null) s.setAttribute("mark", q.getParameter("mark"));
                }
            }
            """;
    private static final String UPLOAD =
            """
            @WebServlet("/in/body")
            public class Body extends HttpServlet {
                protected void doPost(HttpServletRequest q, HttpServletResponse r) throws IOException {
                    byte[] all = q.getInputStream().readAllBytes();
                    r.getWriter().print(all.length + ":" + new String(all, 0, Math.min(all.length, 20), "US-ASCII"));
                }
            }
            """;
    private static final String LOGIN =
            """
            @WebServlet("/login")
            public class Login extends HttpServlet {
                protected void doGet(HttpServletRequest q, HttpServletResponse r) throws IOException {
                    r.getWriter().print("log in: " + q.getMethod() + " p=" + q.getParameter("p") + " " + q.getDispatcherType()
                        + " " + q.getAttribute(RequestDispatcher.FORWARD_SERVLET_PATH) + " " + r.encodeURL("j_security_check"));
                }
            }
            """;
    private static final String DESCRIPTOR =
            """
            <web-app>
              <security-constraint>
                <web-resource-collection><url-pattern>/in/*</url-pattern></web-resource-collection>
                <auth-constraint><role-name>a</role-name></auth-constraint>
              </security-constraint>
              <login-config>
                <auth-method>FORM</auth-method>
                <form-login-config>
                  <form-login-page>/login?from=form</form-login-page>
                  <form-error-page>/failed.html</form-error-page>
                </form-login-config>
              </login-config>
              <security-role><role-name>a</role-name></security-role>
            </web-app>
            """;

    @TempDir static Path folder;

    private static TestWebApp webapp;
    private static DeployedApp app;

    @BeforeAll
    static void compile() throws Exception {
        webapp =
                DeployedApp.webapp(folder.resolve("app"), WHO, UPLOAD, LOGIN)
                        .file("failed.html", "failed")
                        .file("in/page.txt", "a page");
        app = start(DESCRIPTOR);
    }

    @AfterAll
    static void stop() throws Exception {
        app.close();
    }

    private static DeployedApp start(String descriptor) throws Exception {
        webapp.file("WEB-INF/web.xml", descriptor);
        Path users =
                Files.writeString(
                        folder.resolve("users.xml"),
                        """
                        <tomcat-users>
                          <user username="ada" password="s\u00e9cret" roles="a"/>
                          <user username="bob" password="s\u00e9cret" roles="b"/>
                        </tomcat-users>
                        """);
        return DeployedApp.start(webapp, ServerConfig.defaults().withUsers(users));
    }

    private static String find(Pattern pattern, String answer) {
        Matcher found = pattern.matcher(answer);
        assertTrue(found.find(), answer);
        return found.group(1);
    }

    private static String cookie(String id) {
        return "Cookie: other=1; JSESSIONID=" + id + "\n";
    }

    private static String content(String answer) {
        return answer.substring(answer.indexOf("\n\n") + 2);
    }

    private static void assertStatus(int status, String answer) {
        assertTrue(answer.startsWith("HTTP/1.1 " + status + " "), answer);
    }

    private static String logIn(String id, String form) throws Exception {
        return app.send("POST", "/in/j_security_check", cookie(id) + FORM, form);
    }

    /** Path and query of a redirect, relative to the application. */
    private static String target(String answer) {
        String location = find(LOCATION, answer);
        String origin = "http://h/app";
        assertTrue(location.startsWith(origin), location);
        return location.substring(origin.length());
    }

    @Test
    void whoIsNotKnownGetsTheFormAndThenWhatWasAskedFor() throws Exception {
        String asked = app.send("GET", "/in/x?p=1&q=%C3%A9", "X-Asked: yes\n", "");
        assertStatus(200, asked);
        String first = find(SESSION, asked);
        assertTrue(
                content(asked)
                        .startsWith("log in: GET p=1 FORWARD /in j_security_check;jsessionid="),
                asked);
        assertTrue(asked.contains("\nCache-Control: no-store\n"), asked);

        String redirect = logIn(first, RIGHT);
        assertStatus(303, redirect);
        assertEquals("/in/x?p=1&q=%C3%A9", target(redirect));
        String second = find(SESSION, redirect);
        assertNotEquals(first, second, "section 13.6.3: the id changes");

        String answer = app.send("GET", "/in/x?p=1&q=%C3%A9", cookie(second), "");
        assertEquals("GET ada FORM true p=1 h=yes t=null l=-1 s=1800,null", content(answer));
        assertTrue(answer.contains("\nCache-Control: private\n"), answer);
        String later = app.send("GET", "/in/x?p=1&q=%C3%A9", cookie(second), "");
        assertTrue(content(later).contains(" h=null "), "restored once: " + later);
        assertTrue(
                content(app.send("GET", "/open/x", cookie(second), ""))
                        .startsWith("GET ada FORM true"));
        assertTrue(content(app.send("GET", "/in/x", cookie(first), "")).startsWith("log in"));
        assertTrue(content(app.get("/open/x")).startsWith("GET null null false"));
    }

    @Test
    void aPostTakesPlaceAfterTheLogin() throws Exception {
        String asked = app.send("POST", "/in/x?q=1", FORM + "X-Asked: yes\n", "p=%C3%A9&ignored=1");
        assertStatus(200, asked);
        assertTrue(content(asked).startsWith("log in: GET p=\u00e9 FORWARD"), asked);
        String redirect = logIn(find(SESSION, asked), RIGHT);
        String id = find(SESSION, redirect);
        assertEquals("/in/x?q=1", target(redirect));
        assertTrue(
                content(app.send("GET", "/in/x?q=2", cookie(id), "")).startsWith("GET ada"),
                "another query");
        assertEquals(
                "POST ada FORM true p=\u00e9 h=yes t=application/x-www-form-urlencoded l=18"
                        + " s=1800,null",
                content(app.send("GET", "/in/x?q=1", cookie(id), "")));
        assertTrue(content(app.send("GET", "/in/x?q=1", cookie(id), "")).startsWith("GET ada"));
    }

    @Test
    void contentThatIsChunkedOrNoFormIsRestoredToo() throws Exception {
        String asked =
                app.send(
                        "POST",
                        "/in/body",
                        "Transfer-Encoding: chunked\n"
                                + "Expect: 100-continue\n\n"
                                + "5\n"
                                + "hello\n"
                                + "6\n"
                                + " world\n"
                                + "0\n",
                        "");
        String redirect = logIn(find(SESSION, asked), RIGHT);
        String id = find(SESSION, redirect);
        assertEquals("11:hello world", content(app.send("GET", "/in/body", cookie(id), "")));
    }

    @Test
    void contentIsKeptUpToALimit() throws Exception {
        String asked = app.send("POST", "/in/body", "", "x".repeat(4096));
        assertStatus(200, asked);
        String redirect = logIn(find(SESSION, asked), RIGHT);
        String id = find(SESSION, redirect);
        assertEquals(
                "4096:" + "x".repeat(20), content(app.send("GET", "/in/body", cookie(id), "")));

        String refused = app.send("POST", "/in/body", "", "x".repeat(4097));
        assertStatus(413, refused);
        assertTrue(refused.contains("Pounce-Error: POUNCE_LIMIT_BODY\n"), refused);
        assertFalse(refused.contains("Set-Cookie"), refused);
    }

    @Test
    void whoCannotLogInGetsTheErrorPage() throws Exception {
        String id = find(SESSION, app.get("/in/x"));
        for (String form :
                List.of("j_username=ada&j_password=x", "j_username=ada", "", "j_password=x")) {
            String answer = logIn(id, form);
            assertStatus(200, answer);
            assertEquals("failed", content(answer));
        }
        assertEquals("/in/x", target(logIn(id, RIGHT)));
    }

    @Test
    void whoHasNotTheRoleIsRefused() throws Exception {
        String id = find(SESSION, app.get("/in/x"));
        String redirect = logIn(id, RIGHT.replace("ada", "bob"));
        assertStatus(303, redirect);
        id = find(SESSION, redirect);
        assertStatus(403, app.send("GET", "/in/x", cookie(id), ""));
        assertTrue(
                content(app.send("GET", "/open/x", cookie(id), ""))
                        .startsWith("GET bob FORM false"));
    }

    @Test
    void clientsWithoutCookiesCarryTheSessionInTheUrl() throws Exception {
        String asked = app.get("/in/x;v=1?p=1");
        String action = content(asked).substring(content(asked).indexOf("j_security_check"));
        String redirect = app.send("POST", "/in/" + action, FORM, RIGHT);
        assertStatus(303, redirect);
        String id = find(SESSION, redirect);
        assertEquals("/in/x;v=1;jsessionid=" + id + "?p=1", target(redirect));
        assertTrue(content(app.get(target(redirect))).startsWith("GET ada FORM true p=1"));
    }

    @Test
    void aLoginThatNothingWasAskedForBeforeLeadsToTheRoot() throws Exception {
        String redirect = app.send("POST", "/j_security_check", FORM, RIGHT);
        assertStatus(303, redirect);
        assertEquals("/", target(redirect).replaceAll(";jsessionid=.*", ""));
        String id = find(SESSION, redirect);
        assertTrue(content(app.send("GET", "/in/x", cookie(id), "")).startsWith("GET ada FORM"));
    }

    @Test
    void aPasswordIsNotTakenFromAQuery() throws Exception {
        String answer = app.get("/j_security_check?" + RIGHT);
        assertStatus(405, answer);
        assertTrue(answer.contains("\nAllow: POST\n"), answer);
    }

    /** A Location of two slashes would lead to another host. */
    @Test
    void theRedirectStaysOnThisHost() throws Exception {
        String asked;
        try (var client = app.connect()) {
            client.send("GET //evil.example/../app/in/x HTTP/1.1\nHost: h\nConnection: close\n\n");
            asked = client.readToEnd();
        }
        String redirect = logIn(find(SESSION, asked), RIGHT);
        assertTrue(find(LOCATION, redirect).startsWith("http://h//evil.example/"), redirect);
    }

    @Test
    void theSessionIsTheSameBeforeAndAfterAndALogoutKeepsIt() throws Exception {
        String id = find(SESSION, app.get("/in/x"));
        app.send("GET", "/open/x?mark=kept", cookie(id), "");
        id = find(SESSION, logIn(id, RIGHT));
        String in = content(app.send("GET", "/in/x", cookie(id), ""));
        assertTrue(in.endsWith(",kept"), in);
        String out = content(app.send("GET", "/in/x?out=1", cookie(id), ""));
        assertTrue(out.startsWith("GET null null false") && out.endsWith(",kept"), out);
        assertTrue(content(app.send("GET", "/in/x", cookie(id), "")).startsWith("log in"));
        assertTrue(content(app.send("GET", "/open/x", cookie(id), "")).endsWith(",kept"));
    }

    @Test
    void aSessionThatIsOnlyThereForTheFormEndsSoon() throws Exception {
        String id = find(SESSION, app.get("/in/x"));
        String before = content(app.send("GET", "/open/x", cookie(id), ""));
        assertTrue(before.endsWith("s=120,null"), before);
        id = find(SESSION, logIn(id, RIGHT));
        String after = content(app.send("GET", "/open/x", cookie(id), ""));
        assertTrue(after.endsWith("s=1800,null"), after);
    }

    @Test
    void section13_3AServletAsksForTheFormItself() throws Exception {
        String asked = app.send("POST", "/open/x?ask=1", FORM, "p=5");
        assertTrue(content(asked).startsWith("log in: GET p=5 FORWARD /open"), asked);
        String redirect = logIn(find(SESSION, asked), RIGHT);
        String id = find(SESSION, redirect);
        assertTrue(
                content(app.send("GET", "/open/x?ask=1", cookie(id), ""))
                        .startsWith("POST ada FORM true p=5"));
    }

    @Test
    void section13_3AServletLogsInByNameAndPasswordForTheSession() throws Exception {
        String answer = app.get("/open/x?name=ada");
        assertTrue(content(answer).startsWith("GET ada FORM true"), answer);
        String id = find(SESSION, answer);
        assertTrue(content(app.send("GET", "/in/x", cookie(id), "")).startsWith("GET ada FORM"));
        assertStatus(500, app.send("GET", "/in/x?name=bob", cookie(id), ""));
        String other = content(app.send("GET", "/in/x?out=1&name=bob", cookie(id), ""));
        assertTrue(other.startsWith("GET bob FORM false"), other);
    }

    @Test
    void manyFieldsAreNotKeptButTheTypeOfTheContentIs() throws Exception {
        String fields = FORM + "X-Asked: yes\nX-Much: " + "x".repeat(9000) + "\n";
        String asked = app.send("POST", "/in/x", fields, "p=1");
        String id = find(SESSION, logIn(find(SESSION, asked), RIGHT));
        assertTrue(
                content(app.send("GET", "/in/x", cookie(id), ""))
                        .startsWith("POST ada FORM true p=1 h=null t=application/x-www"));
    }

    @Test
    void whatAClientSaysOfItsCopyIsTheClientsOfNow() throws Exception {
        String page = "/in/page.txt";
        String asked = app.send("GET", page, "If-None-Match: *\n", "");
        String id = find(SESSION, logIn(find(SESSION, asked), RIGHT));
        assertStatus(200, app.send("GET", page, cookie(id), ""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<auth-method>FORMS</auth-method>|<auth-method> must be BASIC, DIGEST, FORM,"
                        + " CLIENT-CERT or NONE, not \"FORMS\"",
                "<auth-method>FORM</auth-method>|needs a <form-login-config>",
                "<auth-method>FORM</auth-method><form-login-config><form-login-page>/a</form-login-page></form-login-config>|<form-login-config>"
                    + " needs a <form-error-page>",
                "<auth-method>FORM</auth-method><form-login-config><form-login-page>a</form-login-page><form-error-page>/b</form-error-page></form-login-config>|<form-login-page>"
                    + " must begin with /"
            })
    void whatCannotBeIsNamedWithItsLine(String elementAndMessage) throws Exception {
        String[] parts = elementAndMessage.split("\\|", 2);
        String descriptor = "<web-app>\n<login-config>" + parts[0] + "</login-config>\n</web-app>";
        Exception refused = assertThrows(Exception.class, () -> start(descriptor).close());
        String message = String.valueOf(refused.getMessage());
        assertTrue(message.contains("WEB-INF/web.xml:2:"), message);
        assertTrue(message.contains(parts[1]), message);
    }

    @Test
    void aPageThatNobodyAnswersIsNamed() throws Exception {
        try (CapturedLog log = new CapturedLog();
                DeployedApp other = start(DESCRIPTOR.replace("/failed.html", "/none.html"))) {
            assertStatus(200, other.get("/in/x"));
            List<String> lines = log.lines("<form-login-config>");
            assertEquals(1, lines.size(), lines.toString());
            assertTrue(lines.get(0).contains("names the page /none.html"), lines.get(0));
        }
    }
}

package dev.pounce.servlet.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pounce.Pounce;
import dev.pounce.config.ServerConfig;
import dev.pounce.deploy.AppFile;
import dev.pounce.deploy.AppName;
import dev.pounce.testing.RawClient;
import dev.pounce.testing.TestWebApp;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What is set for one servlet application changes that one and not its neighbour. */
@Timeout(60)
class AppSettingsTest {
    private static final String PROBE =
            """
            @WebServlet(value = "/probe/*", asyncSupported = true)
            @MultipartConfig
            public class Probe extends HttpServlet {
                protected void service(HttpServletRequest q, HttpServletResponse r)
                        throws IOException, ServletException {
                    Object answer = switch (q.getPathInfo()) {
                        case "/thread" -> Thread.currentThread().isVirtual()
                                ? "virtual" : Thread.currentThread().getName();
                        case "/long" -> { try { Thread.sleep(5); } catch (InterruptedException e) {}
                            yield Thread.currentThread().isVirtual(); }
                        case "/async" -> {
                            AsyncContext later = q.startAsync();
                            if (q.getDispatcherType() != DispatcherType.ASYNC) {
                                later.dispatch();
                            } else {
                                r.getWriter().print(Thread.currentThread().getName());
                                later.complete();
                            }
                            yield "";
                        }
                        case "/session" -> q.getSession().getMaxInactiveInterval()
                                + " " + getServletContext().getSessionTimeout();
                        case "/parameters" -> q.getParameterMap().size();
                        case "/parts" -> q.getParts().size();
                        case "/neighbour" -> getServletContext().getContext("/other") != null;
                        default -> q.getContextPath();
                    };
                    r.getWriter().print(answer);
                }
            }
            """;
    private static final String LISTENER =
            """
            @WebListener
            public class Starts implements ServletContextListener {
                public void contextInitialized(ServletContextEvent e) {
                    e.getServletContext().setSessionTimeout(7);
                    e.getServletContext().getSessionCookieConfig().setName("MINE");
                }
            }
            """;

    @TempDir Path temp;
    private Path conf;
    private TestWebApp shop;
    private TestWebApp other;
    private Pounce server;

    @BeforeEach
    void start() throws Exception {
        conf = Files.createDirectories(temp.resolve("conf"));
        shop = DeployedApp.webapp(temp.resolve("webapps/shop"), PROBE, LISTENER);
        other = DeployedApp.webapp(temp.resolve("webapps/other"), PROBE);
        server =
                Pounce.create(
                        ServerConfig.defaults()
                                .withHost("127.0.0.1")
                                .withPort(0)
                                .withWorkers(1)
                                .with("webapps_conf", conf.toString())
                                .with("sessions.timeout", "10m")
                                .with("sessions.cookie_name", "ALL")
                                .with("sessions.same_site", "lax"));
        server.replace(AppFile.of(other.root()));
        server.start();
    }

    @AfterEach
    void stop() throws Exception {
        server.stop();
    }

    private AppName deploy(String yaml) throws Exception {
        Files.writeString(conf.resolve("shop.yaml"), yaml);
        return server.replace(AppFile.of(shop.root()));
    }

    private String send(String method, String path, String lines, String content)
            throws IOException {
        return RawClient.ask(server.port(), method, path, lines, content);
    }

    private String get(String path) throws IOException {
        return send("GET", path, "", "");
    }

    private String content(String path) throws IOException {
        String answer = get(path);
        assertTrue(answer.startsWith("HTTP/1.1 200 "), answer);
        return answer.substring(answer.indexOf("\n\n") + 2);
    }

    @Test
    void sessionsAreAsTheServerSaysUntilTheApplicationDoes() throws Exception {
        deploy("");
        assertEquals("600 10", content("/other/probe/session"));
        String cookie = get("/other/probe/session");
        assertTrue(cookie.matches("(?s).*\nSet-Cookie: ALL=[^\n]*SameSite=Lax.*"), cookie);
        assertEquals("420 7", content("/shop/probe/session"));
        assertTrue(get("/shop/probe/session").contains("\nSet-Cookie: MINE="));
    }

    @Test
    void sessionsAreAtLastAsIsSetForTheApplication() throws Exception {
        deploy(
                """
                context_path: /store
                sessions: {timeout: 90s, cookie_name: SET, same_site: strict, secure: on}
                """);
        assertEquals("90 2", content("/store/probe/session"));
        String answer = get("/store/probe/session");
        assertTrue(
                answer.matches("(?s).*\nSet-Cookie: SET=[^\n]*Path=/store;[^\n]*SameSite=Strict.*"),
                answer);
        assertTrue(answer.matches("(?s).*\nSet-Cookie: SET=[^\n]*Secure.*"), answer);
        deploy("sessions: {cookie_path: /, tracking: cookie}");
        assertTrue(get("/shop/probe/session").matches("(?s).*\nSet-Cookie: MINE=[^\n]*Path=/;.*"));
        deploy("sessions: {tracking: url}");
        assertFalse(get("/shop/probe/session").contains("Set-Cookie"));
    }

    @Test
    void parametersAndPartsAreBounded() throws Exception {
        deploy("limits: {parameters: 2, form: 20, parts: 1}");
        String form = "Content-Type: application/x-www-form-urlencoded\n";
        String parts = "Content-Type: multipart/form-data; boundary=b\n";
        String two =
                "--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n"
                        + "--b\r\nContent-Disposition: form-data; name=\"b\"\r\n\r\n2\r\n--b--\r\n";
        assertEquals("2", content("/shop/probe/parameters?a&b"));
        assertTrue(get("/shop/probe/parameters?a&b&c").startsWith("HTTP/1.1 413 "));
        assertEquals("3", content("/other/probe/parameters?a&b&c"));
        String large = "a=" + "x".repeat(20);
        String path = "/probe/parameters";
        assertTrue(send("POST", "/shop" + path, form, large).startsWith("HTTP/1.1 413 "));
        assertTrue(send("POST", "/other" + path, form, large).endsWith("\n1"));
        assertTrue(send("POST", "/other/probe/parts", parts, two).endsWith("\n2"));
        String refused = send("POST", "/shop/probe/parts", parts, two);
        assertFalse(refused.startsWith("HTTP/1.1 200 "), refused);
    }

    @Test
    void servletsRunOnTheThreadsThatItNames() throws Exception {
        deploy("threads: virtual");
        assertEquals("virtual", content("/shop/probe/thread"));
        assertFalse(content("/other/probe/thread").equals("virtual"));
        deploy("threads: platform");
        assertTrue(content("/shop/probe/thread").startsWith("pounce-app /shop/ "));
        deploy("threads: platform\nplatform_threads: 1\n");
        assertEquals("pounce-app /shop/ 1", content("/shop/probe/async"));
        deploy("threads: worker");
        for (int i = 0; i < 20; i++) {
            assertEquals("false", content("/shop/probe/long"), "request " + i);
        }
    }

    @Test
    void itSeesItsNeighboursWhereTheOperatorSays() throws Exception {
        deploy("");
        assertEquals("false", content("/shop/probe/neighbour"));
        deploy("cross_context: on");
        assertEquals("true", content("/shop/probe/neighbour"));
        server.reload(server.server().config().with("servlet.cross_context", "*"));
        deploy("cross_context: off");
        assertEquals("false", content("/shop/probe/neighbour"));
        assertEquals("true", content("/other/probe/neighbour"));
    }

    @Test
    void librariesElsewhereCountAsItsOwn() throws Exception {
        String found =
                """
                @WebServlet("/found")
                public class Found extends HttpServlet {
                    protected void doGet(HttpServletRequest q, HttpServletResponse r)
                            throws IOException {
                        r.getWriter().print(getServletContext().getInitParameter("name"));
                    }
                }
                """;
        TestWebApp shared = new TestWebApp(temp.resolve("shared"));
        new Library(temp.resolve("library"), found)
                .fragment(
                        "<context-param><param-name>name</param-name>"
                                + "<param-value>fragment</param-value></context-param>")
                .file("META-INF/resources/page.txt", "page")
                .into(shared, "shared.jar");
        deploy("class_path: ['" + shared.root() + "/WEB-INF/lib/*']");
        assertEquals("fragment", content("/shop/found"));
        assertEquals("page", content("/shop/page.txt"));
        deploy("class_path: ['" + temp + "/library/WEB-INF/classes']");
        assertEquals("fragment", content("/shop/found"));
        assertTrue(get("/other/found").startsWith("HTTP/1.1 404 "));
    }
}

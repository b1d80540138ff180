package dev.pounce.servlet.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pounce.Pounce;
import dev.pounce.config.ServerConfig;
import dev.pounce.deploy.AppName;
import dev.pounce.testing.Await;
import dev.pounce.testing.RawClient;
import dev.pounce.testing.TestWebApp;
import dev.pounce.testing.Visitor;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Users who have logged in to an application that is replaced. */
@Timeout(60)
class RedeployedLoginTest {
    private static final AppName APP = AppName.of("/app");
    private static final AppName OTHER = AppName.of("/other");
    private static final String FORM = "Content-Type: application/x-www-form-urlencoded\n";

    private static final String WHO =
            """
            @WebServlet("/in/*")
            public class Who extends HttpServlet {
                @Override
                protected void service(HttpServletRequest request, HttpServletResponse response)
                        throws IOException, ServletException {
                    if ("/out".equals(request.getPathInfo())) {
                        request.getInputStream().readAllBytes();
                        request.logout();
                    }
                    response.getWriter().print("NAME " + request.getRemoteUser() + " "
                            + request.getAuthType() + " " + request.isUserInRole("a")
                            + request.isUserInRole("b") + " " + request.getHeader("X-Asked"));
                }
            }
            """;

    private static final String PAGE =
            """
            @WebServlet("/login")
            public class Login extends HttpServlet {
                @Override
                protected void service(HttpServletRequest request, HttpServletResponse response)
                        throws IOException {
                    response.getWriter().print("NAME asks");
                }
            }
            """;

    private static final String BY_FORM =
            """
            <auth-method>FORM</auth-method>
            <form-login-config>
              <form-login-page>/login</form-login-page>
              <form-error-page>/login</form-error-page>
            </form-login-config>
            """;

    @TempDir Path temp;
    private Pounce server;
    private Visitor visitor;

    private void start(String redeploy) throws Exception {
        Path users =
                Files.writeString(
                        temp.resolve("users.xml"),
                        """
                        <tomcat-users>
                          <user username="ada" password="secret" roles="a"/>
                        </tomcat-users>
                        """);
        server =
                Pounce.create(
                        ServerConfig.defaults()
                                .withHost("127.0.0.1")
                                .withPort(0)
                                .withWorkers(1)
                                .withUsers(users)
                                .with("redeploy", redeploy));
        server.start();
        visitor = new Visitor(server.port());
    }

    @AfterEach
    void stop() throws Exception {
        server.stop();
    }

    private Path app(String name) throws IOException {
        return app(name, BY_FORM);
    }

    private Path app(String name, String login) throws IOException {
        TestWebApp app =
                DeployedApp.webapp(
                        temp.resolve(name), WHO.replace("NAME", name), PAGE.replace("NAME", name));
        app.file(
                "WEB-INF/web.xml",
                """
                <web-app>
                  <security-constraint>
                    <web-resource-collection><url-pattern>/in/*</url-pattern></web-resource-collection>
                    <auth-constraint><role-name>*</role-name></auth-constraint>
                  </security-constraint>
                  <login-config>LOGIN</login-config>
                  <security-role><role-name>a</role-name></security-role>
                  <security-role><role-name>b</role-name></security-role>
                </web-app>
                """
                        .replace("LOGIN", login));
        return app.root();
    }

    private void logIn() throws IOException {
        String answer =
                visitor.send(
                        "POST", "/app/j_security_check", FORM, "j_username=ada&j_password=secret");
        assertTrue(answer.startsWith("HTTP/1.1 303 "), answer);
    }

    @ParameterizedTest
    @ValueSource(strings = {"swap", "restart"})
    void aUserWhoHasLoggedInIsKnownToTheNewVersion(String redeploy) throws Exception {
        start(redeploy);
        server.deploy(app("one"), APP);
        assertEquals("one asks", visitor.content("/app/in/x"));
        logIn();
        assertEquals("one ada FORM truefalse null", visitor.content("/app/in/x"));

        server.replace(app("two"), APP);
        assertEquals("two ada FORM truefalse null", visitor.content("/app/in/x"));

        server.replace(app("three"), APP);
        Await.until(() -> server.appStatus().size() == 1);
        server.replace(app("four"), APP);
        assertEquals("four ada FORM truefalse null", visitor.content("/app/in/x"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"swap", "restart"})
    void aRequestThatWaitsForALoginIsKeptByTheNewVersion(String redeploy) throws Exception {
        start(redeploy);
        server.deploy(app("one"), APP);
        assertTrue(
                visitor.send("GET", "/app/in/x?y", "X-Asked: before\n", "").contains("one asks"));
        server.replace(app("two"), APP);

        logIn();

        assertEquals("two ada FORM truefalse before", visitor.content("/app/in/x?y"));
        assertEquals("two ada FORM truefalse null", visitor.content("/app/in/x?y"));
    }

    @Test
    void aLogoutByARequestOfTheOldVersionCountsInTheNewOne() throws Exception {
        start("swap");
        server.deploy(app("one"), APP);
        visitor.content("/app/in/x");
        logIn();
        visitor.content("/app/in/x");
        try (RawClient client = new RawClient(server.port())) {
            client.send(
                    "POST /app/in/out HTTP/1.1\nHost: h\nContent-Length: 1\n"
                            + "Expect: 100-continue\n"
                            + visitor.cookie()
                            + "\n");
            client.readHead();
            server.replace(app("two"), APP);
            assertEquals("two ada FORM truefalse null", visitor.content("/app/in/x"));
            client.sendExactly("x");
            client.readHead();
        }
        assertEquals("two asks", visitor.content("/app/in/x"));
    }

    @Test
    void aVersionWithAnotherWayToLogInAsksAgain() throws Exception {
        start("swap");
        server.deploy(app("one"), APP);
        visitor.content("/app/in/x");
        logIn();
        visitor.content("/app/in/x");

        server.replace(app("two", "<auth-method>BASIC</auth-method>"), APP);

        String answer = visitor.send("GET", "/app/in/x", "", "");
        assertTrue(answer.startsWith("HTTP/1.1 401 "), answer);
    }

    @Test
    void anotherApplicationDoesNotKnowTheUser() throws Exception {
        start("swap");
        server.deploy(app("one"), APP);
        server.deploy(app("other"), OTHER);
        visitor.content("/app/in/x");
        logIn();
        String known = visitor.cookie();
        assertEquals("other asks", visitor.content("/other/in/x"));
        visitor.cookie(known);
        server.replace(app("two"), APP);
        server.replace(app("others"), OTHER);
        assertEquals("others asks", visitor.content("/other/in/x"));
        visitor.cookie(known);
        assertEquals("two ada FORM truefalse null", visitor.content("/app/in/x"));
    }

    @Test
    void aUserStaysWithTheVersionOfTheLogin() throws Exception {
        start("swap");
        server.deploy(app("one"), new AppName("/app", "1"));
        visitor.content("/app/in/x");
        logIn();
        visitor.content("/app/in/x");
        String known = visitor.cookie();

        server.deploy(app("two"), new AppName("/app", "2"));
        assertEquals("one ada FORM truefalse null", visitor.content("/app/in/x"));
        visitor.cookie("");
        assertEquals("two asks", visitor.content("/app/in/x"));

        visitor.cookie(known);
        server.replace(app("mended"), new AppName("/app", "1"));
        assertEquals("mended ada FORM truefalse null", visitor.content("/app/in/x"));
    }
}

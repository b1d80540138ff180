package dev.pounce.servlet.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pounce.Pounce;
import dev.pounce.config.ServerConfig;
import dev.pounce.deploy.AppName;
import dev.pounce.testing.RawClient;
import dev.pounce.testing.TestHosts;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The same webapp on two virtual hosts is two applications. */
@Timeout(60)
class VirtualHostsTest {
    private static final String SEEN =
            """
            @WebServlet("/seen")
            public class Seen extends HttpServlet {
                protected void service(HttpServletRequest q, HttpServletResponse r) throws IOException {
                    Object before = getServletContext().getAttribute("visits");
                    int visits = before == null ? 1 : (Integer) before + 1;
                    getServletContext().setAttribute("visits", visits);
                    HttpSession session = q.getSession(false);
                    r.getWriter().print(getServletContext().getVirtualServerName() + " " + q.getServerName()
                        + " visits " + visits + ", session " + (session == null ? "none" : session.getAttribute("host"))
                        + ", other " + (getServletContext().getContext("/only") != null));
                    if (session == null) q.getSession().setAttribute("host", q.getServerName());
                }
            }
            """;

    @TempDir Path temp;

    private static String ask(Pounce server, String host, String cookie) throws IOException {
        try (RawClient client = new RawClient(server.port())) {
            client.send(
                    """
                    GET /app/seen HTTP/1.1
                    Host: %s
                    Cookie: JSESSIONID=%s
                    Connection: close

                    """
                            .formatted(host, cookie));
            return client.readToEnd();
        }
    }

    private static String content(String answer) {
        return answer.substring(answer.indexOf("\n\n") + 2);
    }

    @Test
    void eachHasSessionsAttributesAndNeighboursOfItsOwn() throws Exception {
        ServerConfig config = TestHosts.withShop().with("servlet.cross_context", "*");
        Path app = DeployedApp.webapp(temp.resolve("app"), SEEN).root();
        Path only = DeployedApp.webapp(temp.resolve("only"), SEEN).root();
        Pounce server = Pounce.create(config);
        try {
            server.deploy(app, "/app");
            server.deploy(only, "/only");
            server.hosts().of("shop").deploy(app, AppName.of("/app"));
            server.start();

            String first = ask(server, "own.example", "none");
            assertEquals(
                    "localhost own.example visits 1, session none, other true", content(first));
            Matcher id = Pattern.compile("JSESSIONID=([^;]+)").matcher(first);
            assertTrue(id.find(), first);
            assertEquals(
                    "localhost own.example visits 2, session own.example, other true",
                    content(ask(server, "own.example", id.group(1))));
            assertEquals(
                    "shop shop.example visits 1, session none, other false",
                    content(ask(server, "shop.example", id.group(1))));
            assertEquals(
                    List.of("default 1", "default 0", "shop 1"),
                    server.appStatus().stream()
                            .map(each -> each.host() + " " + each.sessions())
                            .toList());
        } finally {
            server.stop();
        }
    }
}

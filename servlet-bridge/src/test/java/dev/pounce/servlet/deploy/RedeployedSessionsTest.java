package dev.pounce.servlet.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pounce.Pounce;
import dev.pounce.config.ServerConfig;
import dev.pounce.deploy.AppName;
import dev.pounce.testing.Await;
import dev.pounce.testing.CapturedLog;
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
import java.nio.file.Path;
import java.util.List;

/** Sessions of an application that is replaced (Servlet specification, sections 7.7.2 and 10.7). */
@Timeout(60)
class RedeployedSessionsTest {
    private static final AppName SHOP = AppName.of("/shop");

    private static final String CART =
            """
            public class Cart implements Serializable, HttpSessionActivationListener {
                private static final long serialVersionUID = 1;
                final StringBuilder events = new StringBuilder();
                int items;
                @Override
                public void sessionWillPassivate(HttpSessionEvent event) { events.append("p"); }
                @Override
                public void sessionDidActivate(HttpSessionEvent event) { events.append("a"); }
            }
            """;

    private static final String LISTENER =
            """
            @WebListener
            public class Listener implements HttpSessionListener {
                static int destroyed;
                @Override
                public void sessionDestroyed(HttpSessionEvent event) { destroyed++; }
            }
            """;

    private static final String SERVLET =
            """
            @WebServlet("/*")
            public class Shop extends HttpServlet {
                @Override
                protected void doGet(HttpServletRequest request, HttpServletResponse response)
                        throws IOException {
                    HttpSession session = request.getSession(!"/look".equals(request.getPathInfo()));
                    switch (request.getPathInfo()) {
                        case "/buy" -> {
                            Cart cart = (Cart) session.getAttribute("cart");
                            cart = cart == null ? new Cart() : cart;
                            cart.items++;
                            session.setAttribute("cart", cart);
                            session.setAttribute("same", cart);
                        }
                        case "/connect" -> session.setAttribute("connection", new Object());
                        case "/end" -> session.invalidate();
                        default -> { }
                    }
                    response.getWriter().print("NAME " + text(session, request.getPathInfo()));
                }
                private static String text(HttpSession session, String path) {
                    if (session == null || path.equals("/end")) {
                        return "none";
                    }
                    Cart cart = (Cart) session.getAttribute("cart");
                    return (cart == null ? "empty" : cart.items + "" + cart.events)
                            + " " + (cart == session.getAttribute("same"))
                            + " " + session.getAttribute("connection")
                            + " " + Listener.destroyed;
                }
                @Override
                protected void doPost(HttpServletRequest request, HttpServletResponse response)
                        throws IOException {
                    HttpSession session = request.getSession();
                    request.getInputStream().readAllBytes();
                    session.invalidate();
                }
            }
            """;

    @TempDir Path temp;
    private Pounce server;
    private Visitor visitor;

    private void start(String redeploy) throws Exception {
        server =
                Pounce.create(
                        ServerConfig.defaults()
                                .withHost("127.0.0.1")
                                .withPort(0)
                                .withWorkers(1)
                                .with("redeploy", redeploy));
        server.start();
        visitor = new Visitor(server.port());
    }

    @AfterEach
    void stop() throws Exception {
        server.stop();
    }

    private Path app(String name, String cart) throws IOException {
        TestWebApp app =
                DeployedApp.webapp(
                        temp.resolve(name), cart, LISTENER, SERVLET.replace("NAME", name));
        return app.root();
    }

    private Path app(String name) throws IOException {
        return app(name, CART);
    }

    private String get(String path) throws IOException {
        return visitor.content("/shop" + path);
    }

    private long running() {
        return server.appStatus().size();
    }

    @ParameterizedTest
    @ValueSource(strings = {"swap", "restart"})
    void sessionsMoveToTheNewVersionWithWhatTheyShare(String redeploy) throws Exception {
        start(redeploy);
        server.deploy(app("one"), SHOP);
        assertEquals("one 1 true null 0", get("/buy"));
        String first = visitor.cookie();

        server.replace(app("two"), SHOP);

        assertEquals("two 1ppaa true null 0", get("/look"));
        assertEquals("two 2ppaa true null 0", get("/buy"));
        assertEquals(first, visitor.cookie());
        Await.until(() -> running() == 1);
        assertEquals(1, server.appStatus().getFirst().sessions());
        server.replace(app("three"), SHOP);
        assertEquals("three 2ppaappaa true null 0", get("/look"));
    }

    @Test
    void sessionsThatNobodyAsksForMoveBeforeTheOldVersionEnds() throws Exception {
        start("swap");
        server.deploy(app("one"), SHOP);
        get("/buy");
        server.replace(app("two"), SHOP);
        Await.until(() -> running() == 1);
        assertEquals(1, server.appStatus().getFirst().sessions());
        assertEquals("two 1ppaa true null 0", get("/look"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"swap", "restart"})
    void whatCannotMoveIsDroppedAndNamed(String redeploy) throws Exception {
        start(redeploy);
        server.deploy(app("one"), SHOP);
        get("/buy");
        assertTrue(get("/connect").contains("java.lang.Object@"));
        try (CapturedLog log = new CapturedLog()) {
            server.replace(app("two"), SHOP);
            assertEquals("two 1ppa false null 0", get("/look"));
            List<String> lines = log.lines("lose their attribute");
            assertEquals(1, lines.size(), lines::toString);
            assertTrue(
                    lines.getFirst().contains("of /shop/ lose their attribute \"connection\""),
                    lines::toString);
            assertTrue(
                    lines.getFirst().contains("(java.lang.Object): java.io.NotSerializable"),
                    lines::toString);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"swap", "restart"})
    void whatTheNewVersionReadsOtherwiseIsDroppedAndNamed(String redeploy) throws Exception {
        start(redeploy);
        server.deploy(app("one"), SHOP);
        get("/buy");
        Path other = app("two", CART.replace("UID = 1", "UID = 2"));
        try (CapturedLog log = new CapturedLog()) {
            server.replace(other, SHOP);
            assertEquals("two empty true null 0", get("/look"));
            assertEquals(2, log.lines("lose their attribute").size());
        }
    }

    @Test
    void aSessionThatARequestOfTheOldVersionInvalidatesEnds() throws Exception {
        start("swap");
        server.deploy(app("one"), SHOP);
        get("/buy");
        try (RawClient client = new RawClient(server.port())) {
            client.send(
                    "POST /shop/end HTTP/1.1\nHost: h\nContent-Length: 1\nExpect: 100-continue\n"
                            + visitor.cookie()
                            + "\n");
            client.readHead();
            server.replace(app("two"), SHOP);
            assertEquals("two 1ppaa true null 0", get("/look"));
            client.sendExactly("x");
            client.readHead();
        }
        assertEquals("two none", get("/look"));
    }

    @Test
    void sessionsStayWithTheVersionThatTheyBeganWith() throws Exception {
        start("swap");
        server.deploy(app("one"), new AppName("/shop", "1"));
        assertEquals("one 1 true null 0", get("/buy"));
        String old = visitor.cookie();

        server.deploy(app("two"), new AppName("/shop", "2"));

        visitor.cookie("");
        assertEquals("two 1 true null 0", get("/buy"));
        String young = visitor.cookie();
        visitor.cookie(old);
        assertEquals("one 2 true null 0", get("/buy"));
        visitor.cookie(young);
        assertEquals("two 2 true null 0", get("/buy"));
        assertEquals(2, running());
        visitor.cookie(old);
        assertEquals("one none", get("/end"));
        Await.until(() -> running() == 1);
        assertEquals("two none", get("/look"));
    }
}

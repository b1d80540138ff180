package dev.pounce.servlet.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pounce.Pounce;
import dev.pounce.config.ServerConfig;
import dev.pounce.deploy.AppName;
import dev.pounce.testing.Await;
import dev.pounce.testing.RawClient;
import dev.pounce.testing.TestWebApp;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Path;

/** Event streams of an application that is replaced. */
@Timeout(60)
class RedeployedStreamTest {
    private static final AppName APP = AppName.of("/app");

    private static final String EVENTS =
            """
            @WebServlet("/events")
            public class Events extends HttpServlet {
                protected void doGet(HttpServletRequest q, HttpServletResponse r) throws IOException {
                    r.setContentType("text/event-stream");
                    dev.pounce.api.Drain drain =
                            (dev.pounce.api.Drain)
                                    getServletContext().getAttribute(dev.pounce.api.Drain.ATTRIBUTE);
                    boolean listens = q.getParameter("listens") != null;
                    while (!listens || !drain.hasBegun()) {
                        r.getWriter().print("data: an event\\n\\n");
                        try { Thread.sleep(5); } catch (InterruptedException e) { throw new IOException(e); }
                    }
                }
            }
            """;

    @TempDir Path temp;

    private Pounce start(String undeploy) throws Exception {
        Pounce server =
                Pounce.create(
                        ServerConfig.defaults()
                                .withHost("127.0.0.1")
                                .withPort(0)
                                .withWorkers(1)
                                .with("timeouts.undeploy", undeploy));
        server.start();
        TestWebApp app = DeployedApp.webapp(temp.resolve("app"), EVENTS);
        server.deploy(app.root(), APP);
        return server;
    }

    @Test
    void aStreamThatListensEndsInOrderWhenItsVersionIsReplaced() throws Exception {
        Pounce server = start("30s");
        try (RawClient client = new RawClient(server.port())) {
            client.send("GET /app/events?listens HTTP/1.1\nHost: h\nConnection: close\n\n");
            client.readHead();
            server.redeploy(APP);
            assertTrue(client.readToEnd().endsWith("\n0\n\n"));
            Await.until(() -> server.appStatus().size() == 1);
        } finally {
            server.stop();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"swap", "restart"})
    void aStreamThatDoesNotIsCutOffAfterTheTimeout(String redeploy) throws Exception {
        Pounce server = start("100ms");
        server.reload(server.server().config().with("redeploy", redeploy));
        try (RawClient client = new RawClient(server.port())) {
            client.send("GET /app/events HTTP/1.1\nHost: h\nConnection: close\n\n");
            client.readHead();
            server.redeploy(APP);
            assertThrows(IOException.class, client::readToEnd);
            Await.until(() -> server.appStatus().size() == 1);
            assertEquals(0, server.appStatus().getFirst().requests());
        } finally {
            server.stop();
        }
    }
}

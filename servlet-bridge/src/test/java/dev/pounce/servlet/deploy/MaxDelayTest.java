package dev.pounce.servlet.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pounce.config.ServerConfig;
import dev.pounce.testing.RawClient;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;

/** The setting {@code streaming.max_delay}, by the timers of a server. */
@Timeout(60)
class MaxDelayTest {
    @TempDir Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"/sync", "/async"})
    void whatIsWrittenIsSentWhileTheApplicationWaitsForTheClient(String path) throws Exception {
        try (DeployedApp app =
                        DeployedApp.start(
                                DeployedApp.webapp(
                                        folder,
                                        """
                                        import java.util.concurrent.*;

                                        @WebServlet(urlPatterns = "/*", asyncSupported = true)
                                        public class Conversation extends HttpServlet {
                                            private final Semaphore heard = new Semaphore(0);

                                            @Override
                                            protected void doGet(
                                                    HttpServletRequest request,
                                                    HttpServletResponse response)
                                                    throws IOException {
                                                switch (request.getPathInfo()) {
                                                    case "/sync" -> talk(response);
                                                    case "/async" -> {
                                                        AsyncContext async = request.startAsync();
                                                        async.start(() -> {
                                                            talk(response);
                                                            async.complete();
                                                        });
                                                    }
                                                    default -> heard.release();
                                                }
                                            }

                                            private void talk(ServletResponse response) {
                                                try {
                                                    response.flushBuffer();
                                                    for (int i = 0; i < 10; i++) {
                                                        response.getWriter().print("word " + i);
                                                        heard.acquire();
                                                    }
                                                } catch (IOException | InterruptedException e) {
                                                    throw new IllegalStateException(e);
                                                }
                                            }
                                        }
                                        """),
                                ServerConfig.defaults().with("streaming.max_delay", "20ms"));
                RawClient client = app.connect()) {
            client.send("GET /app" + path + " HTTP/1.1\nHost: h\n\n");
            client.readHead();
            for (int i = 0; i < 10; i++) {
                assertEquals("word " + i, new String(client.readChunk()));
                app.get("/heard");
            }
            assertEquals(0, client.readChunk().length);
        }
    }
}

package dev.pounce.servlet.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pounce.Pounce;
import dev.pounce.config.ServerConfig;
import dev.pounce.deploy.AppName;
import dev.pounce.testing.Await;
import dev.pounce.testing.CapturedLog;
import dev.pounce.testing.RawClient;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Undeploying frees the class loader, whatever the application has left behind. */
@Timeout(120)
class NoLeakTest {
    private static final AppName APP = AppName.of("/app");
    private static final int ROUNDS = 50;

    private static final String DRIVER =
            """
            public class Driver implements java.sql.Driver {
                static {
                    try {
                        java.sql.DriverManager.registerDriver(new Driver());
                    } catch (java.sql.SQLException e) {
                        throw new IllegalStateException(e);
                    }
                }
                public java.sql.Connection connect(String url, Properties info) { return null; }
                public boolean acceptsURL(String url) { return false; }
                public java.sql.DriverPropertyInfo[] getPropertyInfo(String url, Properties info) {
                    return new java.sql.DriverPropertyInfo[0];
                }
                public int getMajorVersion() { return 1; }
                public int getMinorVersion() { return 0; }
                public boolean jdbcCompliant() { return false; }
                public java.util.logging.Logger getParentLogger() { return null; }
            }
            """;

    private static final String LEAVER =
            """
            import java.util.concurrent.*;
            import java.util.logging.*;
            @WebServlet("/*")
            public class Leaver extends HttpServlet {
                private static final ThreadLocal<Leaver> LOCAL = new ThreadLocal<>();
                private static final ThreadLocal<Leaver> OTHER = new InheritableThreadLocal<>();
                @Override
                public void init() {
                    System.getProperties().put("loader of the app", getClass().getClassLoader());
                    LOCAL.set(this);
                    OTHER.set(this);
                    new java.util.Timer("a timer").schedule(
                            new TimerTask() {
                                @Override
                                public void run() { LOCAL.set(Leaver.this); }
                            }, 0, 60_000);
                    Executors.newFixedThreadPool(2).submit(() -> LOCAL.set(this));
                    Executors.newScheduledThreadPool(1)
                            .scheduleAtFixedRate(() -> LOCAL.set(this), 0, 60, TimeUnit.SECONDS);
                    ForkJoinPool.commonPool().submit(() -> OTHER.get()).join();
                    Runtime.getRuntime().addShutdownHook(
                            new Thread(() -> System.getProperties().put("hook of the app", "run")));
                    java.security.Security.addProvider(new Provider());
                    Logger.getLogger("").addHandler(new LogHandler());
                    Thread.setDefaultUncaughtExceptionHandler((thread, e) -> LOCAL.get());
                    ResourceBundle.getBundle("app.Texts");
                }
                public static class Bundle extends ListResourceBundle {
                    protected Object[][] getContents() { return new Object[][] {{"a", "b"}}; }
                }
                static class Provider extends java.security.Provider {
                    Provider() { super("AppsOwn", "1", "of the application"); }
                }
                static class LogHandler extends Handler {
                    public void publish(LogRecord record) { }
                    public void flush() { }
                    public void close() { }
                }
                @Override
                protected void doGet(HttpServletRequest request, HttpServletResponse response)
                        throws IOException {
                    LOCAL.set(this);
                    request.getSession().setAttribute("of the app", new Leaver());
                    try {
                        java.beans.Introspector.getBeanInfo(Leaver.class);
                    } catch (java.beans.IntrospectionException e) {
                        throw new IOException(e);
                    }
                    response.getWriter().print("left");
                }
            }
            """;

    private static final String FUSED =
            """
            public class Quick {
                private static final ThreadLocal<Quick> LOCAL = new ThreadLocal<>();
                private static final ThreadLocal<Quick> INHERITED = new InheritableThreadLocal<>();
                @dev.pounce.api.Fused("/quick")
                public String quick() {
                    LOCAL.set(this);
                    INHERITED.set(this);
                    return "quick";
                }
            }
            """;

    @TempDir Path temp;
    private Pounce server;

    @BeforeEach
    void start() throws Exception {
        server =
                Pounce.create(
                        ServerConfig.defaults()
                                .withHost("127.0.0.1")
                                .withPort(0)
                                .withWorkers(1)
                                .with("timeouts.undeploy", "10s"));
        server.start();
    }

    @AfterEach
    void stop() throws Exception {
        server.stop();
    }

    private String get(String path) throws IOException {
        try (RawClient client = new RawClient(server.port())) {
            client.send("GET /app" + path + " HTTP/1.1\nHost: h\nConnection: close\n\n");
            return client.readToEnd().replaceFirst("(?s).*\n\n", "");
        }
    }

    private Path leaver() throws IOException {
        return DeployedApp.webapp(temp.resolve("app"), LEAVER, DRIVER, FUSED)
                .file("WEB-INF/classes/app/Texts.properties", "a=b")
                .file("WEB-INF/classes/META-INF/services/java.sql.Driver", "app.Driver")
                .root();
    }

    private WeakReference<ClassLoader> use() throws IOException {
        assertEquals("left", get("/"));
        assertEquals("quick", get("/quick"));
        return new WeakReference<>(
                (ClassLoader) System.getProperties().remove("loader of the app"));
    }

    private static void awaitFreed(List<WeakReference<ClassLoader>> loaders) throws Exception {
        Await.until(
                () -> {
                    System.gc();
                    return loaders.stream().allMatch(each -> each.refersTo(null));
                });
    }

    @Test
    void nothingIsAliveOfAnApplicationThatWasDeployedAndRemovedFiftyTimes() throws Exception {
        Path app = leaver();
        List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
        for (int i = 0; i < ROUNDS; i++) {
            server.deploy(app, APP);
            loaders.add(use());
            assertTrue(server.undeploy(APP));
            assertEquals("run", System.getProperties().remove("hook of the app"));
        }
        awaitFreed(loaders);
    }

    @Test
    void nothingIsAliveOfVersionsThatWereReplaced() throws Exception {
        Path app = leaver();
        List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
        server.deploy(app, APP);
        for (int i = 0; i < 5; i++) {
            loaders.add(use());
            server.redeploy(APP);
        }
        Await.until(() -> server.appStatus().size() == 1);
        awaitFreed(loaders);
    }

    @Test
    void whatAnApplicationKeepsRunningIsNamedWithWhereItIs() throws Exception {
        Path app =
                DeployedApp.webapp(
                                temp.resolve("app"),
                                """
                                @WebServlet(value = "/*", loadOnStartup = 1)
                                public class Keeper extends HttpServlet {
                                    @Override
                                    public void init() {
                                        Thread thread = new Thread(Keeper::goOn, "goes on");
                                        thread.start();
                                    }
                                    static void goOn() {
                                        while (System.getProperty("app may end") == null) {
                                            java.util.concurrent.locks.LockSupport.parkNanos(1000);
                                        }
                                    }
                                }
                                """)
                        .root();
        try (CapturedLog log = new CapturedLog()) {
            server.deploy(app, APP);
            server.undeploy(APP);
            List<String> named = log.lines("has left the thread \"goes on\" running");
            assertEquals(1, named.size());
            assertTrue(
                    named.getFirst().contains("/app/ has left the thread")
                            && named.getFirst().contains("it runs app.Keeper$$Lambda"),
                    named::toString);
            assertEquals(1, log.lines("at /app//app.Keeper.goOn(Keeper.java").size());
        } finally {
            System.setProperty("app may end", "yes");
        }
        System.clearProperty("app may end");
    }

    @Test
    void aThreadLocalOnAThreadOfSomebodyElseIsNamed() throws Exception {
        Path app =
                DeployedApp.webapp(
                                temp.resolve("app"),
                                """
                                @WebServlet(value = "/*", loadOnStartup = 1)
                                public class Forgetful extends HttpServlet {
                                    private static final ThreadLocal<Object> LOCAL =
                                            new ThreadLocal<>();
                                    @Override
                                    public void init() {
                                        java.util.concurrent.Executor others =
                                                (java.util.concurrent.Executor)
                                                        System.getProperties().get("others");
                                        java.util.concurrent.CompletableFuture
                                                .runAsync(() -> LOCAL.set(this), others)
                                                .join();
                                    }
                                }
                                """)
                        .root();
        try (CapturedLog log = new CapturedLog();
                var others =
                        java.util.concurrent.Executors.newSingleThreadExecutor(
                                task -> new Thread(task, "of somebody else"))) {
            others.submit(() -> {}).get();
            System.getProperties().put("others", others);
            server.deploy(app, APP);
            server.undeploy(APP);
            List<String> named = log.lines("has left a thread local");
            assertEquals(1, named.size());
            assertTrue(
                    named.getFirst()
                            .endsWith(
                                    "with the thread \"of somebody else\", which keeps its"
                                            + " classes: java.lang.ThreadLocal with a value of"
                                            + " app.Forgetful"),
                    named::toString);
        } finally {
            System.getProperties().remove("others");
        }
    }
}

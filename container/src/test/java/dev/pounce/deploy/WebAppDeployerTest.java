package dev.pounce.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pounce.config.AppConfig;
import dev.pounce.config.ServerConfig;
import dev.pounce.route.FusedRoute;
import dev.pounce.route.Handler;
import dev.pounce.route.PathPattern;
import dev.pounce.route.Route;
import dev.pounce.server.HttpServer;
import dev.pounce.testing.TestWebApp;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

class WebAppDeployerTest {
    private static final String GREETER =
            """
            public class Greeter implements AutoCloseable {
                private int calls;
                @Fused("/hello")
                public String hello() { return "hello " + ++calls; }
                @Fused(value = "/hello/{name}", contentType = "text/html", fields = "X-Sample: yes")
                public byte[] name(FusedRequest request) {
                    return request.pathVariable("name").getBytes();
                }
                @Fused(value = "/loader", blocking = true)
                public String loader() {
                    return Thread.currentThread().isVirtual()
                            + " " + Thread.currentThread().getContextClassLoader().getName();
                }
                @Fused("/loader-in-place")
                public String here() {
                    return Thread.currentThread().getContextClassLoader().getName();
                }
                @Fused(value = "/echo", methods = {"POST", "PUT"})
                public byte[] echo(FusedRequest request) { return request.body(); }
                @Fused("/checked")
                public String checked() throws Exception { throw new HttpStatusException(418, "tea"); }
                @Override
                public void close() throws Exception {
                    java.nio.file.Files.writeString(java.nio.file.Path.of("CLOSED"), "once");
                }
            }
            """;

    @TempDir Path temp;
    private HttpServer server;
    private WebAppDeployer deployer;
    private HttpClient client;

    @BeforeEach
    void start() throws Exception {
        server =
                new HttpServer(
                        ServerConfig.defaults().withHost("127.0.0.1").withPort(0).withWorkers(1));
        server.start();
        deployer = new WebAppDeployer(server, temp.resolve("work"), getClass().getClassLoader());
        client = HttpClient.newHttpClient();
    }

    @AfterEach
    void stop() throws Exception {
        client.close();
        deployer.close();
        server.stop();
    }

    private TestWebApp app(String name) throws Exception {
        return new TestWebApp(temp.resolve("webapps").resolve(name));
    }

    private TestWebApp greeter(String name) throws Exception {
        return app(name).compile(GREETER.replace("CLOSED", closed().toString()));
    }

    private Path closed() {
        return temp.resolve("closed");
    }

    private HttpResponse<String> get(String path) throws Exception {
        return send(request(path).build());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path));
    }

    private HttpResponse<String> send(HttpRequest request) throws Exception {
        return client.send(request, BodyHandlers.ofString());
    }

    private static String type(HttpResponse<?> response) {
        return response.headers().firstValue("Content-Type").orElse("");
    }

    @Test
    void oneInstanceAnswersTheFusedMethodsOfItsClass() throws Exception {
        deployer.deploy(greeter("g").root(), AppName.of("/g"));

        HttpResponse<String> first = get("/g/hello");
        assertEquals("hello 1", first.body());
        assertEquals("text/plain; charset=utf-8", type(first));
        assertEquals("hello 2", get("/g/hello").body());
        HttpResponse<String> named = get("/g/hello/J%C3%B6");
        assertEquals("Jö", named.body());
        assertEquals("text/html", type(named));
        assertEquals("yes", named.headers().firstValue("X-Sample").orElse(""));
    }

    @Test
    void aBlockingMethodRunsOnAVirtualThreadAndEachWithTheContextClassLoaderOfItsApp()
            throws Exception {
        deployer.deploy(greeter("g").root(), AppName.of("/g"));

        deployer.addFused(
                "/plain",
                FusedRoute.text(
                        "/loader",
                        request -> String.valueOf(Thread.currentThread().getContextClassLoader())));
        String before = get("/plain/loader").body();

        assertEquals("true /g", get("/g/loader").body());
        assertEquals("/g", get("/g/loader-in-place").body());
        assertEquals(before, get("/plain/loader").body());
    }

    @Test
    void methodsAndStatusExceptionsOfAHandlerCount() throws Exception {
        deployer.deploy(greeter("g").root(), AppName.of(""));

        HttpRequest post = request("/echo").POST(BodyPublishers.ofString("ping")).build();
        assertEquals("ping", send(post).body());
        HttpResponse<String> wrong = get("/echo");
        assertEquals(405, wrong.statusCode());
        assertEquals("OPTIONS, POST, PUT", wrong.headers().firstValue("Allow").orElse(""));
        assertEquals(418, get("/checked").statusCode());
        assertEquals("tea", get("/checked").body());
    }

    @Test
    void undeployingTakesTheRoutesAwayAndClosesTheInstances() throws Exception {
        deployer.deploy(greeter("g").root(), AppName.of("/g"));
        assertEquals(200, get("/g/hello").statusCode());
        assertFalse(Files.exists(closed()));

        assertTrue(deployer.undeploy("/g"));

        assertEquals(404, get("/g/hello").statusCode());
        assertTrue(Files.exists(closed()));
        assertFalse(deployer.undeploy("/g"));
    }

    @Test
    void aWarFileIsUnpackedAndItsCopyIsDeletedAtUndeploy() throws Exception {
        Path war = greeter("g").file("a.txt", "text").pack(temp.resolve("g.war"));
        deployer.deploy(war, AppName.of("/a/b"));

        assertEquals("hello 1", get("/a/b/hello").body());
        assertEquals("text", get("/a/b/a.txt").body());
        assertTrue(Files.exists(temp.resolve("work/@a@b-1/webapp/a.txt")));
        deployer.undeploy("/a/b");
        assertFalse(Files.exists(temp.resolve("work/@a@b-1")));
    }

    @Test
    void namesBecomeContextPathsAndBrokenAppsDoNotStopTheOthers() throws Exception {
        app("ROOT").file("who.txt", "root");
        app("a#b").file("who.txt", "nested");
        app("broken").compile("public class Bad { @Fused(\"/x\") public int x() { return 1; } }");
        app(".hidden").file("who.txt", "hidden");
        new TestWebApp(temp.resolve("packed"))
                .file("who.txt", "war")
                .pack(app("").root().resolve("zip.war"));
        app("both").file("who.txt", "folder");
        new TestWebApp(temp.resolve("packed")).pack(app("").root().resolve("both.war"));
        Files.writeString(temp.resolve("webapps/README.txt"), "not an app");

        List<String> deployed = deployer.deployAll(temp.resolve("webapps"));

        assertEquals(List.of("", "/a/b", "/both", "/zip"), deployed);
        assertEquals("root", get("/who.txt").body());
        assertEquals("nested", get("/a/b/who.txt").body());
        assertEquals("war", get("/zip/who.txt").body());
        assertEquals("folder", get("/both/who.txt").body());
        assertEquals(404, get("/.hidden/who.txt").statusCode());
    }

    @Test
    void aSecondAppAtAContextPathIsRefused() throws Exception {
        deployer.deploy(app("one").root(), AppName.of("/x"));

        String message = refusal(app("two").root(), "/x");

        assertTrue(message.contains("\"/x\" is taken by"), message);
        assertEquals(List.of("/x"), deployer.deployed());
    }

    @Test
    void aWebXmlNeedsTheServletBridge() throws Exception {
        TestWebApp app = app("s").file("WEB-INF/web.xml", "<web-app/>");

        String message = refusal(app.root(), "/s");

        assertTrue(message.contains("servlet bridge"), message);
        assertFalse(Files.exists(temp.resolve("work/@s-1")));
    }

    /** Runs webapps with a web.xml, as the servlet bridge would. */
    public static final class TestProvider implements WebAppProvider {
        @Override
        public boolean accepts(WebAppSource source) {
            return Files.exists(source.root().resolve("WEB-INF/web.xml"));
        }

        @Override
        public RunningWebApp start(WebAppSource source) throws Exception {
            if (Files.exists(source.root().resolve("fail"))) {
                throw new IllegalStateException("listener failed");
            }
            Handler handler =
                    exchange -> {
                        byte[] text = (source.contextPath() + source.fused().size()).getBytes();
                        exchange.response().finish(text);
                    };
            return new RunningWebApp() {
                @Override
                public Runnable reload(AppConfig config) {
                    return () -> {};
                }

                @Override
                public List<Route> routes() {
                    return List.of(new Route(new PathPattern.Default(), handler, "test"));
                }

                @Override
                public void close() {
                    CLOSED.add(source.contextPath() + " " + Files.exists(source.workFolder()));
                }
            };
        }
    }

    private static final List<String> CLOSED = new CopyOnWriteArrayList<>();

    @Test
    void aProviderRunsTheAppsThatItAcceptsAndIsClosedBeforeTheirFilesGo() throws Exception {
        Path services = temp.resolve("services/META-INF/services");
        Files.createDirectories(services);
        Files.writeString(
                services.resolve(WebAppProvider.class.getName()), TestProvider.class.getName());
        URL[] urls = {temp.resolve("services").toUri().toURL()};
        try (URLClassLoader parent = new URLClassLoader(urls, getClass().getClassLoader());
                WebAppDeployer own = new WebAppDeployer(server, temp.resolve("own"), parent)) {
            own.deploy(greeter("s").file("WEB-INF/web.xml", "<web-app/>").root(), AppName.of("/s"));
            own.deploy(greeter("t").file("WEB-INF/web.xml", "<web-app/>").root(), AppName.of("/t"));
            own.deploy(greeter("f").root(), AppName.of("/f"));
            Path failing = app("x").file("WEB-INF/web.xml", "").file("fail", "").root();

            assertEquals("/s6", get("/s/hello").body());
            assertEquals("hello 1", get("/f/hello").body());
            String message =
                    assertThrows(
                                    DeploymentException.class,
                                    () -> own.deploy(failing, AppName.of("/x")))
                            .getMessage();
            assertTrue(message.contains("listener failed"), message);
            assertEquals(List.of(), CLOSED);
        }
        assertEquals(List.of("/t true", "/s true"), CLOSED);
    }

    @Test
    void malformedContextPathsAndMissingFoldersAreRefused() throws Exception {
        Path root = app("x").root();
        for (String path : List.of("x", "/x/", "//x", "/../x", "/")) {
            assertTrue(refusal(root, path).contains("context path"), path);
        }
        assertTrue(refusal(temp.resolve("none"), "/n").contains("neither a folder nor a war"));
    }

    @Test
    void embeddedRoutesAnswerBesideTheAppOfTheirContext() throws Exception {
        deployer.addFused("/g", FusedRoute.text("/early", request -> "early"));
        deployer.deploy(greeter("g").root(), AppName.of("/g"));
        deployer.addFused("/g", FusedRoute.text("/late", request -> "late"));
        deployer.addFused("", FusedRoute.text("/own", request -> "own"));

        assertEquals("early", get("/g/early").body());
        assertEquals("late", get("/g/late").body());
        assertEquals("own", get("/own").body());
        assertThrows(
                DeploymentException.class,
                () -> deployer.addFused("/g", FusedRoute.text("/hello", request -> "again")));
        assertEquals("hello 1", get("/g/hello").body());
        deployer.undeploy("/g");
        assertEquals("late", get("/g/late").body());
    }

    @Test
    void anAppWhoseRouteIsTakenByAnEmbeddedOneIsRefusedAndClosed() throws Exception {
        deployer.addFused("/g", FusedRoute.text("/hello", request -> "mine"));

        String message = refusal(greeter("g").root(), "/g");

        assertTrue(message.contains("app.Greeter.hello"), message);
        assertTrue(Files.exists(closed()));
        assertEquals("mine", get("/g/hello").body());
    }

    private String refusal(Path root, String contextPath) {
        return assertThrows(
                        DeploymentException.class,
                        () -> deployer.deploy(root, AppName.of(contextPath)))
                .getMessage();
    }
}

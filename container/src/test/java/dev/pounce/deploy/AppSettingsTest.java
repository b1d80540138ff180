package dev.pounce.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pounce.api.Fused;
import dev.pounce.api.FusedRequest;
import dev.pounce.config.Placeholders;
import dev.pounce.config.ServerConfig;
import dev.pounce.server.HttpServer;
import dev.pounce.testing.CapturedLog;
import dev.pounce.testing.RawClient;
import dev.pounce.testing.TestWebApp;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;

/** What is set for one application changes that one and not its neighbour. */
class AppSettingsTest {

    /** Goes into the applications. */
    public static final class Probe {
        private static final CyclicBarrier PAIR = new CyclicBarrier(2);

        @Fused("/text")
        public String text() {
            return "a line that is there again and again\n".repeat(100);
        }

        @Fused(value = "/echo", methods = "POST")
        public byte[] echo(FusedRequest request) {
            return request.body();
        }

        @Fused(value = "/read", methods = "POST", blocking = true)
        public byte[] read(FusedRequest request) {
            return request.body();
        }

        @Fused("/thread")
        public String thread() {
            return thread(Thread.currentThread());
        }

        @Fused(value = "/pair", blocking = true)
        public String pair() throws Exception {
            PAIR.await();
            return thread(Thread.currentThread());
        }

        private static String thread(Thread thread) {
            return thread.isVirtual() ? "virtual" : thread.getName();
        }
    }

    /** Goes into libraries. */
    public static final class Extra {
        @Fused("/extra")
        public String extra() {
            return "extra";
        }
    }

    @TempDir Path temp;
    private Path webapps;
    private Path conf;
    private HttpServer server;
    private WebAppDeployer deployer;

    @BeforeEach
    void start() throws IOException {
        webapps = Files.createDirectories(temp.resolve("webapps"));
        conf = Files.createDirectories(temp.resolve("conf/webapps"));
        server =
                new HttpServer(
                        ServerConfig.defaults().withHost("127.0.0.1").withPort(0).withWorkers(1));
        server.start();
        deployer =
                new WebAppDeployer(
                        server,
                        temp.resolve("work"),
                        getClass().getClassLoader(),
                        new AppConfigFiles(conf, temp, Placeholders.of(Map.of("CODING", "off"))));
    }

    @AfterEach
    void stop() throws InterruptedException {
        deployer.close();
        server.stop();
    }

    private Path app(String name) throws IOException {
        return new TestWebApp(webapps.resolve(name)).classes(Probe.class).root();
    }

    private void own(String name, String yaml) throws IOException {
        Path folder = Files.createDirectories(webapps.resolve(name).resolve("WEB-INF"));
        Files.writeString(folder.resolve("pounce.yaml"), yaml);
    }

    private void operators(String name, String yaml) throws IOException {
        Files.writeString(conf.resolve(name + ".yaml"), yaml);
    }

    private void deploy(String name) throws IOException, DeploymentException {
        deployer.replace(AppFile.of(app(name)));
    }

    /** One with these settings of its own, and a neighbour without any. */
    private void deployBoth(String yaml) throws IOException, DeploymentException {
        own("shop", yaml);
        deploy("shop");
        deploy("other");
    }

    private String refused(String name) throws IOException {
        AppFile file = AppFile.of(webapps.resolve(name));
        return assertThrows(DeploymentException.class, () -> deployer.replace(file))
                .getMessage()
                .replace(temp.toString(), "TEMP");
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

    private static int status(String answer) {
        return Integer.parseInt(answer.substring(9, 12));
    }

    private String deployed() {
        return deployer.status().stream()
                .filter(each -> each.state() != AppState.RETIRING)
                .map(each -> each.name() + " " + each.state())
                .sorted()
                .collect(Collectors.joining(", "));
    }

    // --- responses -----------------------------------------------------------------------------

    @ParameterizedTest
    @CsvSource({
        "compression: {enabled: '${env:CODING}'},gzip,false",
        "compression: {gzip: {enabled: off}},gzip,false",
        "compression: {types: [image/png]},gzip,false",
        "compression: {min_size: 1MiB},gzip,false",
        "compression: {min_size: 1KiB},gzip,true",
        "compression: {rules: ['/shop/** types=a/b']},gzip,false"
    })
    void itsResponsesAreCodedAsItSays(String yaml, String accept, boolean coded) throws Exception {
        deployBoth(yaml);
        String field = "Accept-Encoding: " + accept + "\n";
        String expected = "Content-Encoding: " + accept;
        assertEquals(coded, send("GET", "/shop/text", field, "").contains(expected), yaml);
        assertTrue(send("GET", "/other/text", field, "").contains(expected));
    }

    @Test
    void itMayCodeWhatTheServerDoesNot() throws Exception {
        server.reload(server.config().with("compression.enabled", "off"));
        deployBoth("compression: {enabled: on, gzip: {level: 9}}");
        assertTrue(
                send("GET", "/shop/text", "Accept-Encoding: gzip\n", "")
                        .contains("Content-Encoding: gzip"));
        assertFalse(
                send("GET", "/other/text", "Accept-Encoding: gzip\n", "")
                        .contains("Content-Encoding: gzip"));
    }

    @Test
    void whatIsNotAcceptableIsItsOwnMatter() throws Exception {
        deployBoth("compression: {enabled: off}");
        String field = "Accept-Encoding: gzip, identity;q=0\n";
        assertEquals(406, status(send("GET", "/shop/text", field, "")));
        assertEquals(200, status(send("GET", "/other/text", field, "")));
    }

    @Test
    void itsResponsesSayHowLongTheyTook() throws Exception {
        deployBoth("server_timing: on");
        assertTrue(get("/shop/text").contains("\nServer-Timing: parse;"), get("/shop/text"));
        assertTrue(
                send("POST", "/shop/read", "", "x").contains("\nServer-Timing: "),
                "on a thread of its own");
        assertFalse(get("/other/text").contains("Server-Timing"));
    }

    // --- limits --------------------------------------------------------------------------------

    @Test
    void itsRequestsAreBounded() throws Exception {
        deployBoth("limits: {body: 10}\nfused: {max_body: 5}\n");
        assertEquals(200, status(send("POST", "/shop/echo", "", "12345")));
        assertEquals(413, status(send("POST", "/shop/echo", "", "123456")));
        assertEquals(413, status(send("POST", "/shop/read", "", "12345678901")));
        assertEquals(200, status(send("POST", "/other/echo", "", "12345678901")));
        assertEquals(200, status(send("POST", "/other/read", "", "12345678901")));
    }

    @Test
    void itsContentIsWaitedForAsLongAsItSays() throws Exception {
        own("shop", "timeouts: {body: 20ms}\nlimits: {body_rate: 0}\n");
        deploy("shop");
        for (String path : List.of("/shop/echo", "/shop/read")) {
            try (RawClient client = new RawClient(server.port())) {
                client.send("POST " + path + " HTTP/1.1\nHost: h\nContent-Length: 5\n\n");
                assertTrue(client.sendExactly("1").readToEnd().startsWith("HTTP/1.1 408 "), path);
            }
        }
    }

    @Test
    void itsRequestsWaitForEachOtherOnly() throws Exception {
        deployBoth("requests: {concurrent: 1, queue: 0}");
        try (RawClient first = new RawClient(server.port())) {
            first.send(
                    """
                    POST /shop/read HTTP/1.1
                    Host: h
                    Expect: 100-continue
                    Content-Length: 1

                    """);
            assertTrue(first.readHead().startsWith("HTTP/1.1 100 "));
            assertEquals(503, status(send("POST", "/shop/read", "", "x")));
            assertEquals(200, status(send("POST", "/other/read", "", "x")));
            assertTrue(first.sendExactly("y").readHead().startsWith("HTTP/1.1 200 "));
        }
    }

    // --- threads -------------------------------------------------------------------------------

    @Test
    void itsRequestsRunOnTheThreadsThatItNames() throws Exception {
        deployBoth("threads: virtual");
        assertEquals("virtual", content("/shop/thread"));
        assertTrue(content("/other/thread").startsWith("pounce-worker"), content("/other/thread"));
        own("shop", "threads: platform");
        deploy("shop");
        assertEquals("pounce-app /shop/ 1", content("/shop/thread"));
        own("shop", "threads: worker");
        deploy("shop");
        assertTrue(content("/shop/thread").startsWith("pounce-worker"), content("/shop/thread"));
    }

    @Test
    void asManyPlatformThreadsAreThereAsItSays() throws Exception {
        own("shop", "threads: platform\nplatform_threads: 2\n");
        deploy("shop");
        Set<String> threads = new HashSet<>();
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<String> request = () -> content("/shop/pair");
            for (Future<String> each :
                    clients.invokeAll(
                            List.of(request, request, request, request, request, request))) {
                threads.add(each.get());
            }
        }
        assertEquals(Set.of("pounce-app /shop/ 1", "pounce-app /shop/ 2"), threads);
        deployer.undeploy("/shop");
        assertTrue(
                Thread.getAllStackTraces().keySet().stream()
                        .noneMatch(thread -> thread.getName().startsWith("pounce-app /shop/")));
    }

    // --- class path ----------------------------------------------------------------------------

    private Path library(Path folder) throws IOException {
        Path classes = Files.createDirectories(temp.resolve("packed/WEB-INF/classes"));
        new TestWebApp(temp.resolve("packed")).classes(Extra.class);
        Files.createDirectories(folder);
        return new TestWebApp(classes).pack(folder.resolve("extra.jar"));
    }

    @Test
    void itsClassesAreWhereTheOperatorSays() throws Exception {
        library(temp.resolve("lib"));
        for (String element : List.of("lib/extra.jar", "lib/*", "packed/WEB-INF/classes")) {
            operators("shop", "class_path: ['" + element + "']");
            deploy("shop");
            assertEquals("extra", content("/shop/extra"));
        }
        deploy("other");
        assertEquals(404, status(get("/other/extra")));
    }

    @Test
    void itsClassesAreWhereItSaysWithinItsFolder() throws Exception {
        library(webapps.resolve("shop/WEB-INF/more"));
        own("shop", "class_path: [WEB-INF/more/*]");
        deploy("shop");
        assertEquals("extra", content("/shop/extra"));
    }

    @Test
    void anApplicationDoesNotReachOutsideByItself() throws Exception {
        library(temp.resolve("lib"));
        app("shop");
        Files.createSymbolicLink(webapps.resolve("shop/link"), temp.resolve("lib"));
        Files.createSymbolicLink(webapps.resolve("shop/a.jar"), temp.resolve("lib/extra.jar"));
        for (String element :
                List.of("../../lib/*", temp + "/lib/extra.jar", "link/*", "link", "a.jar")) {
            own("shop", "\nclass_path:\n  - '" + element + "'\n");
            assertEquals(
                    "TEMP/webapps/shop/WEB-INF/pounce.yaml:3:3: class_path: \""
                            + element.replace(temp.toString(), "TEMP")
                            + "\" leads out of the application's folder; outside_class_path in a"
                            + " file of the operator would allow it",
                    refused("shop"));
        }
        operators("shop", "outside_class_path: true");
        own("shop", "class_path: [../../lib/*]");
        deploy("shop");
        assertEquals("extra", content("/shop/extra"));
    }

    @ParameterizedTest
    @CsvSource({
        "nowhere.jar,\"nowhere.jar\" is not there: TEMP/nowhere.jar",
        "text.txt,\"text.txt\" is neither a jar nor a folder",
        "lib,\"lib\" is a folder with jars and without classes; \"lib/*\" stands for its jars",
        "text.txt/*,\"text.txt/*\" names the jars of what is no folder: TEMP/text.txt"
    })
    void whatIsNoPlaceForClassesIsRefused(String element, String problem) throws Exception {
        library(temp.resolve("lib"));
        Files.writeString(temp.resolve("text.txt"), "");
        operators("shop", "class_path: ['" + element + "']");
        app("shop");
        assertEquals("TEMP/conf/webapps/shop.yaml:1:13: class_path: " + problem, refused("shop"));
    }

    // --- context path --------------------------------------------------------------------------

    @Test
    void itIsWhereItSays() throws Exception {
        own("shop", "context_path: /store/front");
        deploy("shop");
        assertEquals(200, status(get("/store/front/text")));
        assertEquals(404, status(get("/shop/text")));
        assertEquals("/store/front/ RUNNING", deployed());
        own("shop", "context_path: /");
        deploy("shop");
        assertEquals(200, status(get("/text")));
        assertEquals(404, status(get("/store/front/text")));
        deployer.redeploy(AppName.of(""));
        assertEquals("/ RUNNING", deployed());
        assertTrue(deployer.undeploy(AppFile.of(webapps.resolve("shop"))));
        assertEquals("", deployed());
    }

    @Test
    void itsVersionsAreThereToo() throws Exception {
        operators("shop", "context_path: /store");
        deploy("shop##1");
        deploy("shop##2");
        assertEquals("/store/##2 RUNNING", deployed());
        operators("shop##1", "threads: virtual");
        deploy("shop##1");
        assertEquals("virtual", content("/shop/thread"));
    }

    @Test
    void aPlaceIsTakenByOneOnly() throws Exception {
        deploy("shop");
        app("store");
        own("store", "{limits: {body: 1}, context_path: /shop}");
        try (CapturedLog log = new CapturedLog()) {
            assertEquals(
                    "TEMP/webapps/store/WEB-INF/pounce.yaml:1:35: context_path: the context path"
                            + " \"/shop\" is taken by TEMP/webapps/shop; it is deployed when that"
                            + " one is undeployed",
                    refused("store"));
            assertEquals(1, log.lines("is taken by").size());
        }
        assertEquals("/shop/ RUNNING, /store/ FAILED", deployed());
        assertEquals(200, status(send("POST", "/shop/echo", "", "xx")));
        deployer.undeploy(AppFile.of(webapps.resolve("shop")));
        assertEquals("/shop/ RUNNING", deployed());
        assertEquals(413, status(send("POST", "/shop/echo", "", "xx")));
        deployer.redeploy(AppName.of("/shop"));
        assertEquals("/shop/ RUNNING", deployed());
    }

    @Test
    void aPlaceThatSomebodyNamesCounts() throws Exception {
        own("shop", "context_path: /store\nserver_timing: on\n");
        deployer.replace(app("shop"), AppName.of("/here"));
        assertTrue(get("/here/text").contains("Server-Timing"));
    }

    // --- files ---------------------------------------------------------------------------------

    @Test
    void theOperatorWinsSettingBySetting() throws Exception {
        own("shop", "limits: {body: 1}\nserver_timing: on\n");
        operators("shop", "limits: {body: 3}");
        deploy("shop");
        assertEquals(413, status(send("POST", "/shop/echo", "", "1234")));
        assertTrue(send("POST", "/shop/echo", "", "123").contains("Server-Timing"));
    }

    @Test
    void aWarBringsItsFile() throws Exception {
        own("packed", "limits: {bdy: 1}");
        Path war = new TestWebApp(app("packed")).pack(webapps.resolve("shop.war"));
        assertEquals(
                "TEMP/webapps/shop.war!/WEB-INF/pounce.yaml:1:10: limits.bdy: unknown setting; did"
                        + " you mean limits.body?",
                refused("shop.war"));
        own("packed", "limits: {body: 1}");
        new TestWebApp(app("packed")).pack(war);
        deployer.replace(AppFile.of(war));
        assertEquals(413, status(send("POST", "/shop/echo", "", "12")));
    }

    @Test
    void aMistakeKeepsTheVersionBefore() throws Exception {
        deploy("shop");
        own("shop", "limits:\n  body: many\n  connections: 5\n");
        operators("shop", "thread: virtual\nserver_timing: debug\n");
        String problems =
                """
                TEMP/webapps/shop/WEB-INF/pounce.yaml:2:9: limits.body: "many" is not a size of at \
                least 0 (written like 500 or 64KiB)
                TEMP/webapps/shop/WEB-INF/pounce.yaml:3:3: limits.connections: is the same for all \
                applications: it is a setting of the server
                TEMP/conf/webapps/shop.yaml:1:1: thread: unknown setting; did you mean threads?\
                """;
        try (CapturedLog log = new CapturedLog()) {
            assertEquals(problems, refused("shop"));
            assertEquals(1, log.lines("/shop/ is served as it was before").size());
        }
        assertEquals(200, status(get("/shop/text")));
        assertEquals("/shop/ FAILED, /shop/ RUNNING", deployed());
        assertTrue(
                deployer.status().stream()
                        .anyMatch(each -> String.valueOf(each.reason()).contains("did you mean")));
        own("shop", "");
        operators("shop", "server_timing: debug");
        assertEquals(
                "TEMP/conf/webapps/shop.yaml:1:16: server_timing: debug needs a secret: set"
                        + " server_timing_debug, too",
                refused("shop"));
        operators("shop", "");
        deploy("shop");
        assertEquals("/shop/ RUNNING", deployed());
    }

    @Test
    void whatIsTheOperatorsIsRefusedOfAnApplication() throws Exception {
        app("shop");
        own("shop", "outside_class_path: true\ncross_context: on\nusers: mine.xml\n");
        List<String> problems = refused("shop").lines().toList();
        assertEquals(3, problems.size());
        assertTrue(
                problems.contains(
                        "TEMP/webapps/shop/WEB-INF/pounce.yaml:1:21: outside_class_path: is for the"
                                + " operator alone, in TEMP/conf/webapps/NAME.yaml"),
                problems.toString());
    }

    @ParameterizedTest
    @CsvSource({
        "shop/,is neither auto nor / nor like /shop",
        "/shop/,is neither auto nor / nor like /shop",
        "/a/../b,is neither auto nor / nor like /shop",
        "/a//b,is neither auto nor / nor like /shop",
        "/a%2fb,is neither auto nor / nor like /shop"
    })
    void whatIsNoContextPathIsRefused(String path, String problem) throws Exception {
        app("shop");
        own("shop", "context_path: '" + path + "'");
        assertTrue(refused("shop").contains("pounce.yaml:1:15: context_path: \"" + path + "\" "));
        assertTrue(refused("shop").contains(problem));
    }

    @Test
    void hostileFilesAreRefused() throws Exception {
        app("shop");
        own("shop", "# " + "x".repeat(2 << 20));
        assertTrue(refused("shop").endsWith("cannot be read: it is larger than 1 MiB"));
        String bomb =
                "a: &a [x,x,x,x,x,x,x,x,x]\n"
                        + "b: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\n"
                        + "c: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\n"
                        + "class_path: [*c,*c,*c,*c,*c,*c]\n";
        own("shop", bomb);
        assertTrue(refused("shop").contains("no valid YAML: Number of aliases"), refused("shop"));
        own("shop", "[".repeat(10_000));
        assertTrue(refused("shop").contains("no valid YAML: "), refused("shop"));
        own("shop", "class_path: [" + "a,".repeat(2000) + "a]");
        assertTrue(refused("shop").contains("class_path: has more than 1000 elements"));
        own("shop", "class_path: !!javax.script.ScriptEngineManager [x]");
        assertTrue(refused("shop").contains("Global tag is not allowed"), refused("shop"));
        Files.write(
                webapps.resolve("shop/WEB-INF/pounce.yaml"),
                "a: \u00e9".getBytes(StandardCharsets.ISO_8859_1));
        assertTrue(refused("shop").endsWith("is not UTF-8 text"), refused("shop"));
        Files.delete(webapps.resolve("shop/WEB-INF/pounce.yaml"));
        Files.createDirectory(webapps.resolve("shop/WEB-INF/pounce.yaml"));
        assertTrue(refused("shop").endsWith("WEB-INF/pounce.yaml: is no file"), refused("shop"));
        Files.delete(webapps.resolve("shop/WEB-INF/pounce.yaml"));
        Files.createSymbolicLink(webapps.resolve("shop/WEB-INF/pounce.yaml"), Path.of("/dev/zero"));
        assertTrue(refused("shop").endsWith("WEB-INF/pounce.yaml: is no file"), refused("shop"));
    }

    // --- in operation --------------------------------------------------------------------------

    @Test
    void aReloadIsForThoseThatDoNotSayOtherwise() throws Exception {
        deployBoth("limits: {body: 3}");
        ServerConfig next = server.config().with("limits.body", "1").with("server_timing", "on");
        List<Runnable> prepared = deployer.reload(next);
        server.reload(next);
        prepared.forEach(Runnable::run);
        assertEquals(200, status(send("POST", "/shop/echo", "", "123")));
        assertTrue(get("/shop/text").contains("Server-Timing"));
        assertEquals(413, status(send("POST", "/other/echo", "", "12")));
    }

    @Test
    void itIsReplacedAsItSays() throws Exception {
        operators("shop", "redeploy: restart");
        deploy("shop");
        deploy("other");
        for (String name : List.of("shop", "other")) {
            Path webXml = webapps.resolve(name + "/WEB-INF/web.xml");
            Files.writeString(webXml, "<web-app/>");
            assertTrue(refused(name).contains("needs the servlet bridge"));
        }
        assertEquals(503, status(get("/shop/text")));
        assertEquals(200, status(get("/other/text")));
    }
}

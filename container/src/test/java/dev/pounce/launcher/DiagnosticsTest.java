package dev.pounce.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pounce.config.Key;
import dev.pounce.config.ServerConfig;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** {@code check}, {@code info}, {@code config show} and {@code config schema}. */
@DisabledOnOs(OS.WINDOWS)
class DiagnosticsTest {
    private static final String SECRET = "a-secret-of-16-characters";

    @TempDir Path base;

    private final Map<String, String> environment = new HashMap<>();

    record Result(int status, String out, String err) {}

    @BeforeEach
    void makeBase() throws IOException {
        Files.createDirectories(base.resolve("webapps/ROOT"));
        Files.createDirectories(base.resolve("conf"));
        environment.put("POUNCE_BASE", base.toString());
        environment.put("POUNCE_PORT", "0");
    }

    @Test
    void aBaseThatIsRightHasNoProblem() {
        Result result = run("check");
        assertEquals(0, result.status(), result.toString());
        assertEquals("no problem was found\n", result.out());
    }

    @Test
    void allProblemsAreFoundAtOnce() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Files.writeString(
                    base.resolve("conf/pounce.yaml"),
                    """
                    host: 127.0.0.1
                    keep_alive:
                      timeut: 5s
                    workers: many
                    access_log:
                      enabled: true
                      file: conf/pounce.yaml/access.log
                    """);
            environment.put("POUNCE_PORT", Integer.toString(other.getLocalPort()));
            Files.writeString(base.resolve("webapps/broken.war"), "no zip");
            Path lib = Files.createDirectories(base.resolve("webapps/shop/WEB-INF/lib"));
            Files.writeString(lib.resolve("half.jar"), "half a jar");
            Files.createDirectories(base.resolve("webapps/a##"));

            Result result = run("check");

            assertEquals(1, result.status(), result.toString());
            for (String problem :
                    List.of(
                            "did you mean keep_alive.timeout?",
                            "workers: \"many\" is not an integer",
                            "cannot listen on 127.0.0.1 port " + other.getLocalPort(),
                            "webapps/broken.war: ",
                            "webapps/shop: WEB-INF/lib/half.jar is no valid jar",
                            "access_log.file: "
                                    + base.resolve("conf/pounce.yaml")
                                    + " cannot be")) {
                assertTrue(result.err().contains(problem), problem + " in " + result.err());
            }
            assertEquals("", result.out());
        }
    }

    @Test
    void webappsOfAllFoldersAndHostsAreChecked() throws IOException {
        Files.writeString(
                base.resolve("conf/pounce.yaml"),
                """
                hosts:
                  shop: {names: [shop.example]}
                """);
        Path javax = Files.createDirectories(base.resolve("webapps-javax"));
        Files.writeString(javax.resolve("README.txt"), "no webapp");
        Files.createDirectories(javax.resolve("old"));
        Files.createDirectories(base.resolve("webapps/old"));
        Files.writeString(javax.resolve("broken.war"), "no zip");
        Path shop = Files.createDirectories(base.resolve("hosts/shop/webapps"));
        Path lib = Files.createDirectories(shop.resolve("cart/WEB-INF/lib"));
        Files.writeString(lib.resolve("half.jar"), "half a jar");
        Files.createDirectories(shop.resolve("old"));
        Path shopJavax = Files.createDirectories(base.resolve("hosts/shop/webapps-javax"));
        Files.writeString(shopJavax.resolve("legacy.war"), "no zip");

        Result result = run("check");

        assertEquals(1, result.status(), result.toString());
        for (String problem :
                List.of(
                        javax.resolve("broken.war") + ": ",
                        javax.resolve("old")
                                + ": is deployed at the same path as "
                                + base.resolve("webapps/old"),
                        javax + " has webapps of javax.servlet, which are converted by",
                        shop + "/cart: WEB-INF/lib/half.jar is no valid jar",
                        shopJavax.resolve("legacy.war") + ": ",
                        shopJavax + " has webapps of javax.servlet")) {
            assertTrue(result.err().contains("problem: " + problem), problem + " in " + result);
        }
        assertTrue(result.err().endsWith("6 problems\n"), result.err());
    }

    @Test
    void theSettingsOfApplicationsAreCheckedToo() throws IOException {
        for (String name : List.of("shop", "store", "a#b##2")) {
            Files.createDirectories(base.resolve("webapps").resolve(name).resolve("WEB-INF"));
        }
        Path conf = Files.createDirectories(base.resolve("conf/webapps"));
        Files.writeString(
                base.resolve("webapps/shop/WEB-INF/pounce.yaml"),
                "limits: {bdy: 1}\nthreads: green\n");
        Files.writeString(conf.resolve("store.yaml"), "context_path: /a/b");
        Files.writeString(conf.resolve("a#b.yaml"), "class_path: [lib/no.jar]");
        Files.writeString(conf.resolve("shopp.yaml"), "");
        Files.createDirectories(base.resolve("webapps/a#b"));

        Result result = run("check");

        assertEquals(1, result.status(), result.toString());
        for (String line :
                List.of(
                        "problem: "
                                + base
                                + "/webapps/shop/WEB-INF/pounce.yaml:1:10: limits.bdy: unknown"
                                + " setting; did you mean limits.body?",
                        "pounce.yaml:2:10: threads: \"green\" is not one of auto, worker, virtual,",
                        "warning: " + conf + "/shopp.yaml: there is no application of that name",
                        "problem: "
                                + base
                                + "/webapps/store: is deployed at the same path as "
                                + base
                                + "/webapps/a#b",
                        conf + "/a#b.yaml:1:13: class_path: \"lib/no.jar\" is not there: ")) {
            assertTrue(result.err().contains(line), line + " in " + result.err());
        }
    }

    @Test
    void theSettingsOfAnApplicationAreShown() throws IOException {
        Path conf = Files.createDirectories(base.resolve("conf/webapps"));
        Files.writeString(conf.resolve("ROOT.yaml"), "threads: virtual");
        Files.writeString(base.resolve("conf/pounce.yaml"), "limits: {body: 5, fields: 7}");
        Result result = run("config", "show", "ROOT");
        assertEquals(0, result.status(), result.toString());
        assertTrue(result.out().contains("\nthreads: virtual\n"), result.out());
        assertTrue(result.out().contains("\n  body: 5\n"), result.out());
        assertFalse(result.out().contains("fields:"), result.out());

        Files.writeString(conf.resolve("ROOT.yaml"), "limits: {fields: 8}");
        Result wrong = run("config", "show", "ROOT");
        assertEquals(2, wrong.status());
        assertTrue(wrong.err().contains("ROOT.yaml:1:10: limits.fields: is the same"), wrong.err());
        assertTrue(
                run("config", "show", "shop")
                        .err()
                        .contains("there is no application shop; there are ROOT"));
    }

    @Test
    void aFolderOfWebappsThatIsNotThereIsAProblem() {
        Result result = run("check", "--webapps=/nowhere/at/all");
        assertEquals(1, result.status());
        assertTrue(
                result.err().contains("--webapps: webapps: /nowhere/at/all is no directory"),
                result.err());
    }

    @Test
    void infoHasVersionsAndPathsAndNoSecrets() throws IOException {
        Files.writeString(
                base.resolve("conf/pounce.yaml"), "server_timing_debug: " + SECRET + "\n");
        environment.put("JAVA_OPTS", "-Xmx64m -Ddb.password=tiger");

        Result result = run("info", "--set=keep_alive.timeout=7s");

        assertEquals(0, result.status(), result.toString());
        for (String line :
                List.of(
                        "Pounce     " + Version.get(),
                        "Java       " + System.getProperty("java.version"),
                        "base       " + base,
                        "JAVA_OPTS  -Xmx64m -Ddb.password=(redacted)",
                        "  keep_alive.timeout = 7s (--set)",
                        "  server_timing_debug = (redacted) (",
                        "zstd       ")) {
            assertTrue(result.out().contains(line), line + " in " + result.out());
        }
        assertFalse(result.out().contains(SECRET), result.out());
        assertFalse(result.out().contains("tiger"), result.out());
    }

    @Test
    void theConfigurationIsShownWithoutSecretsUnlessTheyAreAskedFor() throws IOException {
        Files.writeString(
                base.resolve("conf/pounce.yaml"), "server_timing_debug: " + SECRET + "\n");
        Result shown = run("config", "show");
        assertTrue(shown.out().contains("\n# server_timing_debug: a secret\n"), shown.out());
        assertFalse(shown.out().contains(SECRET), shown.out());
        assertEquals(shown, run("config"));
        assertTrue(run("config", "show", "--secrets").out().contains(SECRET));
    }

    @Test
    void theSchemaHasEverySetting() {
        Result result = run("config", "schema");
        assertEquals(0, result.status());
        Map<?, ?> schema = new Yaml(new SafeConstructor(new LoaderOptions())).load(result.out());
        for (Key key : ServerConfig.schema().keys()) {
            Map<?, ?> node = schema;
            for (String name : key.path().split("\\.")) {
                assertEquals(false, node.get("additionalProperties"), key.path());
                node = (Map<?, ?>) ((Map<?, ?>) node.get("properties")).get(name);
            }
            assertEquals(key.doc(), node.get("description"));
            assertTrue(
                    node.containsKey("type")
                            || node.containsKey("enum")
                            || node.containsKey("anyOf"),
                    key.path());
        }
        Map<?, ?> port = (Map<?, ?>) ((Map<?, ?>) schema.get("properties")).get("port");
        Map<?, ?> number = (Map<?, ?>) ((List<?>) port.get("anyOf")).getFirst();
        assertEquals("integer", number.get("type"));
        assertEquals(65535, number.get("maximum"));
        Map<?, ?> placeholder = (Map<?, ?>) ((List<?>) port.get("anyOf")).getLast();
        assertTrue(Pattern.compile((String) placeholder.get("pattern")).matcher("${env:A}").find());
        assertEquals(8080, port.get("default"));
    }

    @Test
    void completionsAreForBash() {
        Result result = run("completion");
        assertTrue(result.out().contains("undeploy"), result.out());
    }

    private Result run(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int status =
                new Launcher(
                                environment,
                                config -> {
                                    throw new IllegalStateException("no server here");
                                },
                                new PrintStream(out, true, StandardCharsets.UTF_8),
                                new PrintStream(err, true, StandardCharsets.UTF_8))
                        .run(arguments);
        return new Result(
                status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}

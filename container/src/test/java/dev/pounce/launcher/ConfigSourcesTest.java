package dev.pounce.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pounce.config.Reload;
import dev.pounce.config.ServerConfig;
import dev.pounce.config.VirtualHostConfig;
import dev.pounce.deploy.AppFile;
import dev.pounce.deploy.AppName;
import dev.pounce.deploy.AppStatus;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

class ConfigSourcesTest {

    @TempDir Path base;

    private Path file;
    private final Map<String, String> environment = new HashMap<>();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeEach
    void layOut() throws IOException {
        file = Files.createDirectory(base.resolve("conf")).resolve("pounce.yaml");
        Files.createDirectory(base.resolve("webapps"));
        environment.put("POUNCE_BASE", base.toString());
    }

    /** The defaults, with the paths that no test here sets. */
    private ServerConfig based() {
        return ServerConfig.defaults()
                .with("access_log.file", base.resolve("logs/access.log").toString())
                .with("webapps_javax", base.resolve("webapps-javax").toString())
                .with("webapps_conf", base.resolve("conf/webapps").toString());
    }

    @Test
    void withoutAnySourceEverythingHasItsDefaultAndPathsStartAtTheBase() {
        assertEquals(
                based().withWebapps(base.resolve("webapps"))
                        .withUsers(base.resolve("conf/tomcat-users.xml")),
                started().orElseThrow());
    }

    @Test
    void theFileSetsWhatItNames() throws IOException {
        write(
                """
                # a comment
                port: 9000
                server_timing: on
                cpu_affinity: yes
                accept: shared
                webapps: other
                compression:
                  min_size: 1KiB
                  types: [text/html, "application/*"]
                  zstd: {level: 3}
                keep_alive:
                timeouts:
                  head: 100ms
                """);
        Files.createDirectory(base.resolve("other"));
        assertEquals(
                based().withPort(9000)
                        .with("server_timing", "on")
                        .with("cpu_affinity", "true")
                        .with("accept", "shared")
                        .withWebapps(base.resolve("other"))
                        .withUsers(base.resolve("conf/tomcat-users.xml"))
                        .with("compression.min_size", "1024")
                        .with("compression.types", "text/html, application/*")
                        .with("compression.zstd.level", "3")
                        .with("timeouts.head", "100ms"),
                started().orElseThrow());
    }

    @Test
    void valuesOfTheFileHaveWhatTheProcessWasGiven() throws IOException {
        write(
                """
                port: ${env:APP_PORT}
                workers: "${env:APP_WORKERS:-3}"
                cpu_affinity: ${sys:pounce.test.none:-on}
                users: ${env:APP_CONF}/users.xml
                timeouts: {head: '${env:HEAD_SECONDS}s'}
                compression:
                  types: ['${env:TYPE}', "$${x}/${sys:file.separator:-/}"]
                servlet:
                  cross_context: ${env:PATHS}
                """);
        environment.put("APP_PORT", "9000");
        environment.put("APP_CONF", "settings");
        environment.put("HEAD_SECONDS", "7");
        environment.put("TYPE", "text/*");
        environment.put("PATHS", "/a,/b");
        ServerConfig config = started().orElseThrow();
        assertEquals(9000, config.port());
        assertEquals(3, config.workers());
        assertEquals(true, config.cpuAffinity());
        assertEquals(base.resolve("settings/users.xml"), config.users());
        assertEquals(Duration.ofSeconds(7), config.timeouts().head());
        assertEquals(List.of("text/*", "${x}//"), config.compression().types());
        assertEquals(List.of("/a", "/b"), config.servlet().crossContext());
    }

    @Test
    void aPlaceholderWithoutAValueIsRefusedWithItsPlace() throws IOException {
        write(
                """
                port: ${env:APP_PORT}
                workers: ${WORKERS}
                host: "a${sys:pounce.test.none"
                compression:
                  types:
                    - text/html
                    - text/${sys:pounce.test.none}
                keep_alive:
                  timeout: ${env:TIMEOUT}
                """);
        environment.put("TIMEOUT", "never");
        assertRefused(
                """
                FILE:1:7: port: the environment variable APP_PORT is not set; \
                ${env:APP_PORT:-default} would do without
                FILE:2:10: workers: ${WORKERS} is neither ${env:NAME}, an environment variable, \
                nor ${sys:name}, a system property; the two characters ${ themselves are written $${
                FILE:3:7: host: has a ${ that no } closes; the two characters themselves are \
                written $${
                FILE:7:7: compression.types: the system property pounce.test.none is not set \
                (-Dpounce.test.none=value in JAVA_OPTS sets it); ${sys:pounce.test.none:-default} \
                would do without
                FILE:9:12: keep_alive.timeout: "never" is not a duration from 1ms to 1d (written \
                like 100ms or 5s)
                """);
    }

    @Test
    void aSecretOfTheEnvironmentIsNotShown() throws IOException {
        write(
                """
                server_timing_debug: ${env:DEBUG_SECRET}
                security:
                  accounts: ["${env:ACCOUNT}"]
                """);
        environment.put("DEBUG_SECRET", "0123456789abcdef");
        environment.put("ACCOUNT", "ada {MD5}5f4dcc3b5aa765d61d8327deb882cf99 admin");
        Launcher launcher = launcher(new ArrayList<>());
        assertEquals(0, launcher.run("config", "show"), errors());
        assertEquals(0, launcher.run("info"), errors());
        String shown = out.toString(StandardCharsets.UTF_8);
        assertTrue(shown.contains("# server_timing_debug: a secret"), shown);
        assertTrue(!shown.contains("0123456789abcdef") && !shown.contains("5f4dcc3b"), shown);
        environment.put("ACCOUNT", "{MD5}5f4dcc3b5aa765d61d8327deb882cf99");
        environment.put("DEBUG_SECRET", "tooshort");
        String errors = refused();
        assertTrue(!errors.contains("tooshort") && !errors.contains("5f4dcc3b"), errors);
    }

    @Test
    void aHostHasSettingsOfItsOwn() throws IOException {
        write(
                """
                hosts:
                  shop:
                    names: [Shop.example.com, "*.${env:DOMAIN}"]
                    webapps: stores
                    redeploy: restart
                  blog: {names: blog.example.com, auto_deploy: off}
                default_host: {names: [example.com], refuse_unknown: on}
                """);
        environment.put("DOMAIN", "shop.example.com");
        Files.createDirectory(base.resolve("stores"));
        Files.createDirectories(base.resolve("hosts/blog/webapps"));
        ServerConfig config = started().orElseThrow();
        assertEquals(List.of("shop", "blog"), List.copyOf(config.hosts().keySet()));
        VirtualHostConfig shop = config.hosts().get("shop");
        assertEquals(List.of("shop.example.com", "*.shop.example.com"), shop.names());
        assertEquals(base.resolve("stores"), shop.webapps());
        assertEquals(base.resolve("hosts/shop/webapps-javax"), shop.webappsJavax());
        assertEquals(ServerConfig.Redeploy.RESTART, config.forHost("shop").redeploy());
        VirtualHostConfig blog = config.hosts().get("blog");
        assertEquals(base.resolve("hosts/blog/webapps"), blog.webapps());
        assertEquals(false, config.forHost("blog").autoDeploy());
        assertEquals(true, config.defaultHost().refuseUnknown());
        assertEquals(0, launcher(new ArrayList<>()).run("config", "show"));
        Files.writeString(file, out.toString(StandardCharsets.UTF_8));
        assertEquals(config, started().orElseThrow());
    }

    @Test
    void whatIsWrongWithHostsIsRefusedWithItsPlace() throws IOException {
        write(
                """
                hosts:
                  shop:
                    names: ["a*b", ok.example]
                    nmes: [x]
                    redeploy: sometimes
                  www.example.com: {}
                  blog:
                    names: ["${env:BLOG_NAME}"]
                  shop: {names: [x]}
                  empty:
                """);
        assertRefused(
                """
                FILE:4:5: hosts.shop.nmes: unknown setting; did you mean names?
                FILE:5:15: hosts.shop.redeploy: "sometimes" is not one of inherit, swap, restart
                FILE:6:3: hosts: "www.example.com" cannot be what a host is called: that has lower \
                case letters, digits, - and _ within, and is not default; the names that requests \
                ask for are in its names
                FILE:8:13: hosts.blog.names: the environment variable BLOG_NAME is not set; \
                ${env:BLOG_NAME:-default} would do without
                FILE:9:3: hosts: the host is in line 2 too
                """);
        write("hosts: {shop: {names: ['a*b']}}");
        assertRefused(
                "FILE:1:9: hosts.shop.names: \"a*b\": the star stands for one label, in front:"
                        + " *.example.com\n");
        write("hosts:\n  a: {names: [x]}\n  b: {names: [y, X.]}\n");
        assertRefused("FILE:3:14: hosts.b.names: the name x is also that of hosts.a.names\n");
        write("hosts: {a: {names: [x], webapps: webapps}}");
        String errors = refused();
        assertTrue(errors.startsWith("FILE:1:34: hosts.a.webapps: the directory "), errors);
        write("hosts: shop");
        assertTrue(refused().startsWith("FILE:1:8: hosts: has to be virtual hosts in the"));
        write("hosts: {a: {names: [x]}}");
        assertRefused(
                "default: hosts.a.webapps: "
                        + base.resolve("hosts/a/webapps")
                        + " is no directory\n");
    }

    @Test
    void foldersOfHostsThatLieInEachOtherAreRefused() throws IOException {
        Files.createDirectories(base.resolve("webapps/inner"));
        write("hosts: {a: {names: [x], webapps: webapps/inner}}");
        assertRefused(
                "FILE:1:34: hosts.a.webapps: "
                        + base.resolve("webapps/inner")
                        + " and another one lie in each other: that of webapps\n");
        Files.createSymbolicLink(base.resolve("link"), base.resolve("webapps"));
        write("hosts: {a: {names: [x], webapps: link}}");
        assertRefused(
                "FILE:1:34: hosts.a.webapps: "
                        + base.resolve("link")
                        + " is the same folder as that of webapps\n");
    }

    @Test
    void anEmptyFileSetsNothing() throws IOException {
        write("# nothing\n");
        assertEquals(8080, started().orElseThrow().port());
    }

    @Test
    void theEnvironmentWinsOverTheFileAndFlagsWinOverBoth() throws IOException {
        write("{port: 1, host: file, workers: 1, backlog: 1}");
        environment.put("POUNCE_PORT", "2");
        environment.put("POUNCE_HOST", "environment");
        environment.put("POUNCE_WORKERS", "2");
        environment.put("POUNCE_COMPRESSION_MIN_SIZE", "2KiB");
        environment.put("POUNCE_COMPRESSION_TYPES", "text/css,text/html");
        ServerConfig config =
                started("--port", "3", "--set", "workers=3", "--set=limits.body=3MiB")
                        .orElseThrow();
        assertEquals(3, config.port());
        assertEquals("environment", config.host());
        assertEquals(3, config.workers());
        assertEquals(1, config.backlog());
        assertEquals(2048, config.compression().minSize());
        assertEquals(List.of("text/css", "text/html"), config.compression().types());
        assertEquals(3L << 20, config.limits().body());
    }

    @Test
    void everyFlagOfRunSetsItsSetting() throws IOException {
        Path elsewhere = Files.createDirectory(base.resolve("elsewhere"));
        Path config = Files.writeString(base.resolve("my.yaml"), "backlog: 7");
        assertEquals(
                based().withHost("localhost")
                        .withPort(0)
                        .withWorkers(2)
                        .withWebapps(elsewhere)
                        .withUsers(base.resolve("conf/tomcat-users.xml"))
                        .with("cpu_affinity", "on")
                        .with("backlog", "7"),
                started(
                                "--config=" + config,
                                "--webapps=" + elsewhere,
                                "--host=localhost",
                                "--port=0",
                                "--workers=2",
                                "--cpu-affinity")
                        .orElseThrow());
    }

    @Test
    void aFlagCanSwitchAffinityOff() throws IOException {
        write("cpu_affinity: on");
        assertEquals(false, started("--no-cpu-affinity").orElseThrow().cpuAffinity());
    }

    @Test
    void pathsOfFlagsAndEnvironmentStartAtTheCurrentDirectory() {
        environment.put("POUNCE_WEBAPPS", "src/test");
        assertEquals(Path.of("src/test"), started().orElseThrow().webapps());
        assertEquals(Path.of("src/main"), started("--webapps=./src/main").orElseThrow().webapps());
    }

    @Test
    void anUnknownVariableIsAWarningWithTheNearestOne() {
        environment.put("POUNCE_COMPRESION_MIN_SIZE", "1");
        environment.put("POUNCE_HOME", "/anywhere");
        environment.put("POUNCE_PORT", "tcp://10.0.0.1:8080");
        assertTrue(started().isPresent());
        assertEquals(
                """
                pounce: warning: POUNCE_COMPRESION_MIN_SIZE: sets nothing; did you mean \
                POUNCE_COMPRESSION_MIN_SIZE?
                pounce: warning: POUNCE_PORT: sets nothing
                """,
                errors());
    }

    @Test
    void aWrongValueOfAVariableNamesIt() {
        environment.put("POUNCE_PORT", "many");
        assertRefused("POUNCE_PORT: port: \"many\" is not an integer from 0 to 65535\n");
    }

    @Test
    void aWrongFlagIsNamed() {
        assertRefused(
                """
                --port: port: "70000" is not an integer from 0 to 65535
                --set: compresion.level: unknown setting; did you mean compression.zstd.level?
                --set: port: is set by another flag already
                --set: limits: is a group of settings and takes no value; it has head, \
                request_line, fields, body, max_swallow, body_rate, held, connections, \
                form, parameters, parts, part_head
                --set: workers: write it as path=value
                """,
                "--port=70000",
                "--set=compresion.level=1",
                "--set=port=1",
                "--set=limits=1",
                "--set=workers");
    }

    @Test
    void anUnknownSettingIsRefusedWithItsPlaceAndTheNearestOne() throws IOException {
        write(
                """
                port: 8080
                compression:
                  minsize: 1KiB
                  gzip:
                    quality: 3
                keepalive_timeout: 5s
                """);
        assertRefused(
                """
                FILE:3:3: compression.minsize: unknown setting; did you mean compression.min_size?
                FILE:5:5: compression.gzip.quality: unknown setting; valid here: enabled, level
                FILE:6:1: keepalive_timeout: unknown setting; did you mean keep_alive.timeout?
                """);
    }

    @Test
    void aWrongTypeOrValueIsRefusedWithItsPlace() throws IOException {
        write(
                """
                port: eighty
                workers: 1000000
                cpu_affinity: maybe
                accept: [shared]
                backlog: {size: 1}
                host:
                compression: 5
                limits:
                  head: 1KB
                keep_alive:
                  timeout: 5
                """);
        assertRefused(
                """
                FILE:1:7: port: "eighty" is not an integer from 0 to 65535
                FILE:2:10: workers: "1000000" is not an integer from 0 to 1024
                FILE:3:15: cpu_affinity: "maybe" is not true or false
                FILE:4:9: accept: is not a list but one of auto, reuse_port, shared
                FILE:5:10: backlog: is no group but an integer from 1 to 65535
                FILE:6:6: host: has no value; it is text
                FILE:7:14: compression: is a group of settings and takes no value; it has enabled, \
                min_size, types, strong_etag, cross_site, rules, memory, zstd, gzip
                FILE:9:9: limits.head: "1KB" is not a size from 256 to 16MiB (written like \
                500 or 64KiB)
                FILE:11:12: keep_alive.timeout: "5" is not a duration from 1ms to 1d (written \
                like 100ms or 5s)
                """);
    }

    @Test
    void settingsThatDoNotFitTogetherAreRefusedWithThePlaceOfOne() throws IOException {
        write(
                """
                limits:
                  head: 1KiB
                  request_line: 2KiB
                """);
        assertRefused(
                "FILE:3:17: limits.request_line: 2048 is more than limits.head, which is 1024\n");
    }

    @Test
    void aSettingThatIsThereTwiceIsRefused() throws IOException {
        write("port: 1\nhost: a\nport: 2\n");
        assertRefused("FILE:3:1: port: is already set in line 1\n");
    }

    @Test
    void aListHasPlainValues() throws IOException {
        write("compression:\n  types: [text/html, [text/css]]\n");
        assertRefused("FILE:2:10: compression.types: can only have plain values in its list\n");
    }

    @Test
    void brokenYamlIsRefusedWithItsPlace() throws IOException {
        write("port: 8080\n  host: a\n");
        assertRefused("FILE:2:7: no valid YAML: mapping values are not allowed here\n");
        write("compression: {min_size: 1\n");
        assertRefused(
                "FILE:2:1: no valid YAML: while parsing a flow mapping, expected ',' or '}', but"
                        + " got <stream end>\n");
        write("--- {}\n--- {}\n");
        assertRefused(
                "FILE:2:1: no valid YAML: expected a single document in the stream, but found"
                        + " another document\n");
    }

    @Test
    void aFileThatIsNoMappingIsRefused() throws IOException {
        write("- port\n");
        String errors = refused();
        assertTrue(errors.startsWith("FILE:1:1: the file: is a group of settings"), errors);
    }

    @Test
    void tagsConstructNothing() throws IOException {
        write("port: !!java.net.URL [\"http://localhost/\"]\nhost: !!int localhost\n");
        assertRefused(
                "FILE:1:7: no valid YAML: Global tag is not allowed:"
                        + " tag:yaml.org,2002:java.net.URL\n");
    }

    @Test
    void aliasBombsAndDeepNestingEnd() throws IOException {
        StringBuilder bomb = new StringBuilder("a0: &a0 {x: 1}\n");
        for (int i = 1; i < 40; i++) {
            String last = "*a" + (i - 1);
            bomb.append("a%d: &a%d [%s]\n".formatted(i, i, String.join(",", list(last, 9))));
        }
        write(bomb.toString());
        assertRefused(
                "FILE: no valid YAML: Number of aliases for non-scalar nodes exceeds the specified"
                        + " max=20\n");

        write("port: " + "[".repeat(10_000));
        assertRefused("FILE: no valid YAML: Nesting Depth exceeded max 20\n");

        write("compression: &a {zstd: *a}\n");
        String errors = refused();
        assertTrue(errors.startsWith("FILE:1:18: compression.zstd.zstd: unknown"), errors);
    }

    @Test
    void anUnreadableFileIsRefused() throws IOException {
        write("#".repeat(1 << 20) + "\n");
        assertRefused("FILE: cannot be read: it is larger than 1 MiB\n");
        Files.write(file, new byte[] {'#', (byte) 0xff});
        assertRefused("FILE: is not UTF-8 text\n");
        Files.write(file, "port: 1\n\u0007".getBytes(StandardCharsets.UTF_8));
        assertTrue(refused().startsWith("FILE: no valid YAML: "));
        assertRefused("missing.yaml: there is no such file\n", "--config=missing.yaml");
        Path conf = file.getParent();
        assertRefused(conf + ": cannot be read: it is a directory\n", "--config=" + conf);
    }

    @Test
    void wrongUsageOfTheCommandLineIsRefused() {
        assertRefused(
                """
                pounce: Unknown option: '--ports'
                Possible solutions: --port
                Try 'pounce run --help'.
                """,
                "--ports");
    }

    @Test
    void aMissingWebappsDirectoryIsRefusedWithWhereItWasSet() {
        assertRefused(
                "--webapps: webapps: /nowhere/at/all is no directory\n",
                "--webapps=/nowhere/at/all");
    }

    @Test
    void configPrintsAFileThatSetsTheSame() throws IOException {
        write("{port: 9000, host: '::1', compression: {types: ['*/*+json', 'a\"b', '$${c}$']}}");
        Launcher launcher = launcher(new ArrayList<>());
        assertEquals(0, launcher.run("config", "--set=limits.body=1TiB"));
        ServerConfig before = started("--set=limits.body=1TiB").orElseThrow();
        Files.writeString(file, out.toString(StandardCharsets.UTF_8));
        assertEquals(before, started().orElseThrow());
    }

    @Test
    void helpAndVersionArePrinted() {
        Launcher launcher = launcher(new ArrayList<>());
        assertEquals(0, launcher.run("--version"));
        assertTrue(out.toString(StandardCharsets.UTF_8).startsWith("Pounce "));
        out.reset();
        assertEquals(0, launcher.run("run", "--help"));
        assertTrue(out.toString(StandardCharsets.UTF_8).contains("--set=PATH=VALUE"));
        out.reset();
        assertEquals(2, launcher.run());
        assertTrue(errors().contains("Missing required subcommand"), errors());
    }

    private void write(String yaml) throws IOException {
        Files.writeString(file, yaml);
    }

    /** The configuration with which {@code run} builds a server, if it comes that far. */
    private Optional<ServerConfig> started(String... flags) {
        List<ServerConfig> configs = new ArrayList<>();
        err.reset();
        List<String> args = new ArrayList<>(List.of("run"));
        args.addAll(List.of(flags));
        launcher(configs).run(args.toArray(String[]::new));
        return configs.stream().findFirst();
    }

    private Launcher launcher(List<ServerConfig> configs) {
        ServerHandle.Factory recorder =
                config -> {
                    configs.add(config);
                    return new NoServer();
                };
        return new Launcher(
                environment,
                recorder,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    private String refused(String... flags) {
        err.reset();
        List<String> args = new ArrayList<>(List.of("run"));
        args.addAll(List.of(flags));
        List<ServerConfig> configs = new ArrayList<>();
        assertEquals(2, launcher(configs).run(args.toArray(String[]::new)), errors());
        assertEquals(List.of(), configs);
        return errors().replace(file.toString(), "FILE");
    }

    private void assertRefused(String errors, String... flags) {
        assertEquals(errors, refused(flags));
    }

    private String errors() {
        return err.toString(StandardCharsets.UTF_8)
                .replace("pounce: cannot start: no server\n", "");
    }

    /** Fails as soon as it is to do anything. */
    private static final class NoServer implements ServerHandle {
        @Override
        public void deployAll(String host, Path webapps) throws IOException {
            throw new IOException("no server");
        }

        @Override
        public void start() {
            throw new IllegalStateException();
        }

        @Override
        public String url() {
            throw new IllegalStateException();
        }

        @Override
        public List<String> apps() {
            throw new IllegalStateException();
        }

        @Override
        public List<AppStatus> status() {
            throw new IllegalStateException();
        }

        @Override
        public AppName replace(String host, AppFile file) {
            return file.name();
        }

        @Override
        public void replace(String host, Path folderOrWar, AppName name) {
            throw new IllegalStateException();
        }

        @Override
        public boolean undeploy(String host, AppName name) {
            throw new IllegalStateException();
        }

        @Override
        public void redeploy(String host, AppName name) {
            throw new IllegalStateException();
        }

        @Override
        public boolean isResponsive(Duration within) {
            throw new IllegalStateException();
        }

        @Override
        public void reopenLogs() {}

        @Override
        public Reload reload(ServerConfig config) {
            throw new IllegalStateException();
        }

        @Override
        public void stop() {}
    }

    private static List<String> list(String item, int count) {
        return Collections.nCopies(count, item);
    }
}

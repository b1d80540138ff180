package dev.pounce.config;

import dev.pounce.password.StoredPassword;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The whole configuration of a server. Every component is a setting of {@code conf/pounce.yaml},
 * whose name is the component's in snake case; its meaning, bounds and unit are in its {@link
 * Setting}.
 *
 * <p>A configuration that exists is valid: the constructors throw {@link ConfigException}. Start
 * from {@link #defaults()} and change what differs:
 *
 * <pre>{@code
 * ServerConfig.defaults().withPort(0).with("compression.min_size", "1KiB")
 * }</pre>
 */
public record ServerConfig(
        @Setting(
                        value =
                                "Address or host name to listen on; `0.0.0.0` and `::` stand for"
                                        + " all addresses of the machine.",
                        restart = true)
                String host,
        @Setting(
                        value = "TCP port to listen on; 0 takes a free one and prints it.",
                        min = "0",
                        max = "65535",
                        restart = true)
                int port,
        @Setting(
                        value =
                                "Threads that read requests and run short handlers; 0 is one per"
                                        + " processor.",
                        min = "0",
                        max = "1024",
                        restart = true)
                int workers,
        @Setting(
                        value =
                                "Ties each worker to a processor of its own (Linux; elsewhere it"
                                        + " does nothing).",
                        restart = true)
                boolean cpuAffinity,
        @Setting(
                        value =
                                "How connections reach the workers: `reuse_port` gives each worker"
                                    + " a listening socket (SO_REUSEPORT), `shared` has one"
                                    + " acceptor that deals to the worker with the fewest"
                                    + " connections, `auto` takes the first where the platform has"
                                    + " it.",
                        restart = true)
                Accept accept,
        @Setting(
                        value =
                                "Connections that wait in the kernel to be accepted, for each"
                                        + " listening socket; the system may cap it"
                                        + " (net.core.somaxconn).",
                        min = "1",
                        max = "65535",
                        restart = true)
                int backlog,
        @Setting(
                        value =
                                "Which responses carry a Server-Timing field, which tells the"
                                    + " client how long the parts of its request took: none, all"
                                    + " (`on`), or those to requests that know"
                                    + " `server_timing_debug` (`debug`). What is not known when a"
                                    + " streamed response begins is its trailer, for clients that"
                                    + " send `TE: trailers`.",
                        app = Setting.App.ANY)
                ServerTiming serverTiming,
        @Setting(
                        value =
                                "The secret that a request has in its `Pounce-Debug` field to get"
                                    + " Server-Timing where that is `debug`: 16 to 256 printable"
                                    + " characters of ASCII without spaces; `none` for no secret.",
                        secret = true)
                String serverTimingDebug,
        @Setting(
                        value =
                                "Directory of the web applications, each a directory or a `.war`"
                                    + " file. A relative path in the file starts at `POUNCE_BASE`;"
                                    + " in the environment or on the command line, at the current"
                                    + " directory.",
                        restart = true)
                Path webapps,
        @Setting(
                        value =
                                "Directory of web applications that were written for the"
                                    + " `javax.servlet` API. They are converted before they are"
                                    + " deployed, once for each content; what they were converted"
                                    + " to is kept in the hidden folder `.converted` there."
                                    + " Relative paths as for `webapps`. There are no such"
                                    + " applications where there is no such directory.",
                        restart = true)
                Path webappsJavax,
        @Setting(
                        value =
                                "Directory with the operator's settings of single applications:"
                                    + " `NAME.yaml` is for the one that is called `NAME` in its"
                                    + " directory. Relative paths as for `webapps`. A change there"
                                    + " deploys the application anew.",
                        restart = true)
                Path webappsConf,
        @Setting(
                        "Whether what is put into `webapps`, replaced or removed there while the"
                                + " server runs is deployed, redeployed or undeployed: an"
                                + " application whose `WEB-INF/web.xml`, `WEB-INF/classes`,"
                                + " `WEB-INF/lib` or `.war` has changed. Other files are served as"
                                + " they are at any time.")
                boolean autoDeploy,
        @Setting(
                        value =
                                "How an application is replaced by a new version of itself. `swap`"
                                    + " starts the new one beside the old one, which serves until"
                                    + " then and, where the new one does not start, further on; it"
                                    + " ends with its last request. `restart` ends the old one"
                                    + " first, for applications that cannot be there twice, and"
                                    + " requests wait. Sessions move to the new one.",
                        app = Setting.App.ANY)
                Redeploy redeploy,
        @Setting("Deploying while the server runs.") DeploymentConfig deployment,
        @Setting(
                        value =
                                "Virtual hosts: web applications of their own for some of the names"
                                        + " that requests ask for. What a host is called (lower"
                                        + " case letters, digits, `-` and `_` within) stands before"
                                        + " its settings, as in `hosts: {shop: {names:"
                                        + " [shop.example.com]}}`; commands name it so in `--host`."
                                        + " Requests for other names are for the applications in"
                                        + " `webapps`.",
                        restart = true)
                Map<String, VirtualHostConfig> hosts,
        @Setting("The host whose applications lie in `webapps`.") DefaultHostConfig defaultHost,
        @Setting(
                        value =
                                "File with the users of web applications that ask for a name and a"
                                    + " password, in the format of `tomcat-users.xml`. There are no"
                                    + " users where there is no such file. Relative paths as for"
                                    + " `webapps`. A reload reads the file again.",
                        app = Setting.App.OPERATOR)
                Path users,
        @Setting("For those who develop an application on this machine; never in production.")
                DevelopmentConfig development,
        @Setting("Users of web applications, and what is demanded of their requests.")
                SecurityConfig security,
        @Setting("Content codings of responses, streamed: each flush is on the wire and decodable.")
                CompressionConfig compression,
        @Setting("When content leaves that an application writes and does not flush.")
                StreamingConfig streaming,
        @Setting("Files of web applications.") StaticFilesConfig staticFiles,
        @Setting("Connections that stay open between requests.") KeepAliveConfig keepAlive,
        @Setting("Bounds on what a client may send.") LimitsConfig limits,
        @Setting("How long things may take.") TimeoutsConfig timeouts,
        @Setting("Paths at which the server itself says how it is, before any application.")
                HealthConfig health,
        @Setting("Handlers that run on the worker that read the request.") FusedConfig fused,
        @Setting(
                        "What happens when a handler or servlet on a worker takes long: another"
                                + " thread takes the worker's other connections over.")
                TakeOverConfig takeOver,
        @Setting(
                        "Requests that may wait: for servlets, files, blocking handlers. Each"
                                + " application has these limits for itself.")
                RequestsConfig requests,
        @Setting("Web applications of the Jakarta Servlet API.") ServletsConfig servlet,
        @Setting("Sessions of web applications (Servlet specification, section 7).")
                SessionsConfig sessions,
        @Setting(
                        "A line for every request. SIGUSR1 has the file opened anew, for programs"
                                + " that rotate it themselves.")
                AccessLogConfig accessLog,
        @Setting("Requests that take long are logged as warnings, at most five a second.")
                SlowRequestConfig slowRequest,
        @Setting("What names each request in logs.") RequestIdConfig requestId) {

    private static final Schema<ServerConfig> SCHEMA =
            new Schema<>(ServerConfig.class, ServerConfig::of);
    private static final String NO_SECRET = "none";

    /**
     * Checks the settings of this level.
     *
     * @throws ConfigException for the first that is out of its bounds
     */
    public ServerConfig {
        SCHEMA.check(
                ServerConfig.class,
                host,
                port,
                workers,
                cpuAffinity,
                accept,
                backlog,
                serverTiming,
                serverTimingDebug,
                webapps,
                webappsJavax,
                webappsConf,
                autoDeploy,
                redeploy,
                deployment,
                hosts,
                defaultHost,
                users,
                development,
                security,
                compression,
                streaming,
                staticFiles,
                keepAlive,
                limits,
                timeouts,
                health,
                fused,
                takeOver,
                requests,
                servlet,
                sessions,
                accessLog,
                slowRequest,
                requestId);
        if (!serverTimingDebug.equals(NO_SECRET)
                && !serverTimingDebug.matches("[\\x21-\\x7e]{16,256}")) {
            throw new ConfigException(
                    "server_timing_debug",
                    "is neither none nor 16 to 256 printable characters of ASCII without spaces");
        }
        if (serverTiming == ServerTiming.DEBUG && serverTimingDebug.equals(NO_SECRET)) {
            throw new ConfigException(
                    "server_timing", "debug needs a secret: set server_timing_debug, too");
        }
        hosts = Collections.unmodifiableMap(new LinkedHashMap<>(hosts));
        HostChecks.check(hosts, defaultHost, webapps, webappsJavax);
    }

    /** By reflection a constructor of so many components takes a good part of a start. */
    private static ServerConfig of(Schema.Values values) {
        return new ServerConfig(
                values.next(),
                values.next(),
                values.next(),
                values.next(),
                values.next(),
                values.next(),
                values.next(),
                values.next(),
                values.next(),
                values.next(),
                values.next(),
                values.next(),
                values.next(),
                values.next(),
                values.next(),
                values.next(),
                values.next(),
                values.next(),
                values.next(),
                values.next(),
                values.next(),
                values.next(),
                values.next(),
                values.next(),
                values.next(),
                values.next(),
                values.next(),
                values.next(),
                values.next(),
                values.next(),
                values.next(),
                values.next(),
                values.next(),
                values.next());
    }

    /** How connections are accepted. */
    public enum Accept {
        /** A listener per worker where the platform has {@code SO_REUSEPORT}, else shared. */
        AUTO,
        /** One {@code SO_REUSEPORT} listener per worker. */
        REUSE_PORT,
        /** One acceptor that deals connections to the worker with the fewest. */
        SHARED
    }

    /** How an application is replaced. */
    public enum Redeploy {
        /** The new one starts beside the old one. */
        SWAP,
        /** The old one ends before the new one starts. */
        RESTART
    }

    /** Which responses carry a Server-Timing field. */
    public enum ServerTiming {
        /** None. */
        OFF,
        /** All. */
        ON,
        /** Those to requests that know the secret. */
        DEBUG
    }

    /** The settings that there are. */
    public static Schema<ServerConfig> schema() {
        return SCHEMA;
    }

    /** This configuration with another address or host name to listen on. */
    public ServerConfig withHost(String host) {
        return SCHEMA.with(this, Map.of("host", host));
    }

    /** This configuration with another port; 0 is a free one. */
    public ServerConfig withPort(int port) {
        return SCHEMA.with(this, Map.of("port", port));
    }

    /** This configuration with another number of workers; 0 is one per processor. */
    public ServerConfig withWorkers(int workers) {
        return SCHEMA.with(this, Map.of("workers", workers));
    }

    /** This configuration with another directory of web applications. */
    public ServerConfig withWebapps(Path webapps) {
        return SCHEMA.with(this, Map.of("webapps", webapps));
    }

    /**
     * What a host goes by: this configuration with its own settings in the place of the server's.
     *
     * @param id what the host is called; {@link DefaultHostConfig#ID} gives this configuration
     */
    public ServerConfig forHost(String id) {
        VirtualHostConfig virtual = hosts.get(id);
        return virtual == null ? this : virtual.over(this);
    }

    /** This configuration with another file of users. */
    public ServerConfig withUsers(Path users) {
        return SCHEMA.with(this, Map.of("users", users));
    }

    /**
     * This configuration with another value of one setting.
     *
     * @param path such as {@code compression.min_size}
     * @param value written as in the configuration file, such as {@code 1KiB}; elements of a list
     *     are separated by commas
     * @throws ConfigException when there is no such setting, or it does not take the value
     */
    public ServerConfig with(String path, String value) {
        return SCHEMA.with(this, Map.of(path, SCHEMA.key(path).parse(value)));
    }

    /** The configuration of a server for which nothing was set. */
    public static ServerConfig defaults() {
        return defaults(Path.of(""));
    }

    /**
     * The configuration of a server for which nothing was set.
     *
     * @param base where its relative paths start
     */
    public static ServerConfig defaults(Path base) {
        return new ServerConfig(
                "0.0.0.0",
                8080,
                0,
                false,
                Accept.AUTO,
                2048,
                ServerTiming.OFF,
                NO_SECRET,
                in(base, "webapps"),
                in(base, "webapps-javax"),
                in(base, "conf/webapps"),
                true,
                Redeploy.SWAP,
                new DeploymentConfig(
                        Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(30), true),
                Map.of(),
                new DefaultHostConfig(List.of(), false),
                in(base, "conf/tomcat-users.xml"),
                new DevelopmentConfig(false, false, List.of()),
                new SecurityConfig(
                        List.of(), StoredPassword.PLAIN, 5, Duration.ofMinutes(5), 0, 4 << 10),
                new CompressionConfig(
                        true,
                        500,
                        List.of(
                                "text/*",
                                "application/json",
                                "application/javascript",
                                "application/xml",
                                "application/x-ndjson",
                                "application/wasm",
                                "application/manifest+json",
                                "image/svg+xml",
                                "*/*+json",
                                "*/*+xml"),
                        CompressionConfig.StrongEtag.WEAKEN,
                        CompressionConfig.CrossSite.IDENTITY_OVER_TLS,
                        List.of(),
                        256L << 20,
                        new CompressionConfig.Zstd(true, 1, 17, 12),
                        new CompressionConfig.Gzip(true, 5)),
                new StreamingConfig(
                        List.of("text/event-stream", "application/x-ndjson"), Duration.ZERO),
                new StaticFilesConfig(
                        true, List.of(), 16, 16 << 20, 64 << 10, Duration.ofSeconds(1)),
                new KeepAliveConfig(Duration.ofSeconds(5), 0),
                new LimitsConfig(
                        64 << 10, 16 << 10, 100, 0, 2 << 20, 500, 64 << 20, 10_000, 2 << 20, 1000,
                        1000, 4 << 10),
                new TimeoutsConfig(
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(2),
                        Duration.ZERO,
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(30)),
                new HealthConfig(HealthConfig.NONE, HealthConfig.NONE),
                new FusedConfig(1 << 20),
                new TakeOverConfig(true, Duration.ofMillis(1), 200),
                new RequestsConfig(10_000, 1_000, Duration.ofSeconds(10)),
                new ServletsConfig(List.of(), false, 100_000),
                SessionsConfig.DEFAULT,
                new AccessLogConfig(
                        false,
                        in(base, "logs/access.log"),
                        AccessLogConfig.Format.COMBINED,
                        100L << 20,
                        true,
                        14,
                        4 << 20),
                new SlowRequestConfig(Duration.ZERO),
                new RequestIdConfig(false, false));
    }

    private static Path in(Path base, String path) {
        return base.resolve(path).normalize();
    }
}

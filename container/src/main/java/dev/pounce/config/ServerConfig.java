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
        @Setting("Deploying while the server runs.") Deployment deployment,
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
                Development development,
        @Setting("Users of web applications, and what is demanded of their requests.")
                Security security,
        @Setting("Content codings of responses, streamed: each flush is on the wire and decodable.")
                CompressionConfig compression,
        @Setting("When content leaves that an application writes and does not flush.")
                StreamingConfig streaming,
        @Setting("Files of web applications.") StaticFilesConfig staticFiles,
        @Setting("Connections that stay open between requests.") KeepAlive keepAlive,
        @Setting("Bounds on what a client may send.") LimitsConfig limits,
        @Setting("How long things may take.") TimeoutsConfig timeouts,
        @Setting("Paths at which the server itself says how it is, before any application.")
                Health health,
        @Setting("Handlers that run on the worker that read the request.") FusedConfig fused,
        @Setting(
                        "What happens when a handler or servlet on a worker takes long: another"
                                + " thread takes the worker's other connections over.")
                TakeOver takeOver,
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
                AccessLog accessLog,
        @Setting("Requests that take long are logged as warnings, at most five a second.")
                SlowRequest slowRequest,
        @Setting("What names each request in logs.") RequestId requestId) {

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

    /** Deploying while the server runs. */
    public record Deployment(
            @Setting(
                            value =
                                    "How long nothing may have changed in an application until it"
                                            + " is taken for complete and deployed; where it came"
                                            + " with longer pauses, twice the longest of them.",
                            min = "0",
                            max = "1h")
                    Duration quiet,
            @Setting(value = "Time between two looks at `webapps`.", min = "10ms", max = "1h")
                    Duration scan,
            @Setting(
                            value =
                                    "How long a request waits for an application that is being"
                                            + " restarted; then it is answered with 503.",
                            min = "0",
                            max = "1h")
                    Duration restartWait,
            @Setting(
                            "Whether an older version of an application (`name##version`) ends when"
                                    + " its last session has, instead of waiting to become the"
                                    + " newest again.")
                    boolean undeployOldVersions) {

        /**
         * Checks the settings.
         *
         * @throws ConfigException for the first that is out of its bounds
         */
        public Deployment {
            SCHEMA.check(Deployment.class, quiet, scan, restartWait, undeployOldVersions);
        }
    }

    /** For those who develop an application. */
    public record Development(
            @Setting(
                            value =
                                    "Whether a request to an application whose classes, libraries"
                                        + " or descriptor have changed deploys it anew first, and"
                                        + " errors and failed deployments are answered with pages"
                                        + " that show their reasons and sources. `pounce run --dev`"
                                        + " sets it.",
                            restart = true)
                    boolean enabled,
            @Setting(
                            value =
                                    "Whether all clients are shown that, and not only those at this"
                                        + " machine that ask for `localhost` and come through no"
                                        + " proxy.",
                            restart = true)
                    boolean remote,
            @Setting(
                            value =
                                    "Folders with Java sources, besides `WEB-INF/src` of the"
                                        + " application and `src/main/java` of the project that it"
                                        + " lies in.",
                            restart = true)
                    List<String> sources) {

        /**
         * Checks the settings.
         *
         * @throws ConfigException for the first that is out of its bounds
         */
        public Development {
            SCHEMA.check(Development.class, enabled, remote, sources);
            sources = List.copyOf(sources);
        }
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

    /** Users of web applications, and what is demanded of their requests. */
    public record Security(
            @Setting(
                            value =
                                    "Users besides those of the file. Each element is a name, a"
                                            + " hash that `pounce password` makes, and roles, with"
                                            + " spaces between them.",
                            secret = true)
                    List<String> accounts,
            @Setting(
                            "How the passwords in the file of users are hashed that do not name"
                                    + " their algorithm: that of Tomcat's CredentialHandler, such"
                                    + " as `SHA-256` or `PBKDF2WithHmacSHA512`; `none` where they"
                                    + " are not hashed. A password that begins with its algorithm"
                                    + " in braces, as `pounce password` writes it, says so itself.")
                    String passwordAlgorithm,
            @Setting(
                            value =
                                    "Wrong passwords for a name, each within"
                                            + " `security.lock_out` of the one before, after which"
                                            + " nobody logs in by that name for that time. 0 is no"
                                            + " limit. Each application counts for itself.",
                            min = "0",
                            max = "1000000")
                    int maxFailures,
            @Setting(
                            value = "How long a name is locked out after its last wrong password.",
                            min = "1s",
                            max = "30d")
                    Duration lockOut,
            @Setting(
                            value =
                                    "The port to which clients are redirected with https that ask"
                                            + " without TLS for what needs it (`CONFIDENTIAL`), for"
                                            + " instance that of a proxy; 0 answers them with 403.",
                            min = "0",
                            max = "65535")
                    int httpsPort,
            @Setting(
                            value =
                                    "Content of a request that is kept, in the session, while its"
                                        + " user logs in with a form; more is answered with 413.",
                            min = "0",
                            max = "16MiB",
                            bytes = true)
                    int maxSavedBody) {

        /**
         * Checks the settings of this level and copies the list.
         *
         * @throws ConfigException for the first that is out of its bounds
         */
        public Security {
            SCHEMA.check(
                    Security.class,
                    accounts,
                    passwordAlgorithm,
                    maxFailures,
                    lockOut,
                    httpsPort,
                    maxSavedBody);
            accounts = List.copyOf(accounts);
            if (!passwordAlgorithm.equals(StoredPassword.PLAIN)
                    && !StoredPassword.isAlgorithm(passwordAlgorithm)) {
                throw new ConfigException(
                        "security.password_algorithm",
                        "\""
                                + passwordAlgorithm
                                + "\" is neither none nor an algorithm of this Java, such as"
                                + " SHA-256 or PBKDF2WithHmacSHA512");
            }
            read(accounts);
        }

        /** The accounts, in their order. */
        public List<Account> users() {
            return read(accounts);
        }

        private static List<Account> read(List<String> texts) {
            List<Account> read = texts.stream().map(Account::of).toList();
            if (read.stream().map(Account::name).distinct().count() < read.size()) {
                throw new ConfigException("security.accounts", "has two users of one name");
            }
            return read;
        }
    }

    /** Persistent connections (RFC 9112 section 9.3). */
    public record KeepAlive(
            @Setting(
                            value = "How long a connection may stay open without a request.",
                            min = "1ms",
                            max = "1d")
                    Duration timeout,
            @Setting(
                            value =
                                    "Requests after which a connection is closed; 0 is no limit, 1"
                                            + " closes it after every response.",
                            min = "0")
                    int maxRequests) {

        /**
         * Checks the settings.
         *
         * @throws ConfigException for the first that is out of its bounds
         */
        public KeepAlive {
            SCHEMA.check(KeepAlive.class, timeout, maxRequests);
        }
    }

    /** Paths at which the server says how it is. */
    public record Health(
            @Setting(
                            "Answers 200 while the server takes requests, and 503 from the moment"
                                    + " at which it was told to stop; `none` for no such path.")
                    String readyPath,
            @Setting("Answers 200 as long as the server runs; `none` for no such path.")
                    String livePath) {

        /** The value that stands for no path. */
        public static final String NONE = "none";

        /**
         * Checks the settings.
         *
         * @throws ConfigException for the first that is no path
         */
        public Health {
            SCHEMA.check(Health.class, readyPath, livePath);
            checkPath("health.ready_path", readyPath);
            checkPath("health.live_path", livePath);
            if (readyPath.equals(livePath) && !readyPath.equals(NONE)) {
                throw new ConfigException(
                        "health.live_path", livePath + " is the health.ready_path already");
            }
        }

        private static void checkPath(String setting, String path) {
            if (!path.equals(NONE) && !path.matches("/[A-Za-z0-9._~/-]*")) {
                throw new ConfigException(
                        setting,
                        "\""
                                + path
                                + "\" is neither none nor a path of letters, digits and ._~/- that"
                                + " begins with a slash");
            }
        }
    }

    /** Handing a worker's loop on from a handler that takes long. */
    public record TakeOver(
            @Setting(
                            value =
                                    "Whether it is done. Without it a fused handler that waits or"
                                            + " computes keeps all connections of its worker"
                                            + " waiting, and servlets and files are served by"
                                            + " virtual threads only.",
                            restart = true)
                    boolean enabled,
            @Setting(
                            value =
                                    "A handler that has run for this long loses the loop, at the"
                                            + " latest after twice this time.",
                            min = "1ms",
                            max = "1m",
                            restart = true)
                    Duration after,
            @Setting(
                            value =
                                    "Threads of each worker, the one that leads it among them. When"
                                        + " all others are in handlers that take long, the next"
                                        + " such handler keeps the loop. Up to 64 more, for all"
                                        + " workers together, have the requests of servlets that"
                                        + " have proven slow; those beyond them get virtual"
                                        + " threads.",
                            min = "2",
                            max = "10000",
                            restart = true)
                    int threads) {

        /**
         * Checks the settings.
         *
         * @throws ConfigException for the first that is out of its bounds
         */
        public TakeOver {
            SCHEMA.check(TakeOver.class, enabled, after, threads);
        }
    }

    /** How a request is logged. */
    public enum LogFormat {
        /** Apache's combined format and some columns more. */
        COMBINED,
        /** A JSON object. */
        JSON
    }

    /** The access log. */
    public record AccessLog(
            @Setting(value = "Whether requests are logged.", restart = true) boolean enabled,
            @Setting(
                            value =
                                    "The file; its folder is made where it is missing. Relative"
                                            + " paths as for `webapps`.",
                            restart = true)
                    Path file,
            @Setting(
                            value =
                                    "How a line is written: `combined` is Apache's combined format"
                                        + " and behind it the duration in microseconds, the content"
                                        + " coding, the ratio that it came to and the request's"
                                        + " identifier; `json` is an object with these and more,"
                                        + " among them the host that was asked for where there are"
                                        + " `hosts`.",
                            restart = true)
                    LogFormat format,
            @Setting(
                            value =
                                    "Size above which the file is put aside and a new one begun; 0"
                                            + " is no limit.",
                            min = "0",
                            bytes = true,
                            restart = true)
                    long maxSize,
            @Setting(
                            value =
                                    "Whether the file is put aside with the first request of a new"
                                            + " day.",
                            restart = true)
                    boolean daily,
            @Setting(
                            value =
                                    "Files that were put aside and are kept, `.1` the newest; older"
                                            + " ones are deleted.",
                            min = "0",
                            max = "10000",
                            restart = true)
                    int keep,
            @Setting(
                            value =
                                    "Memory for lines that wait to be written. Requests never wait"
                                            + " for the disk: lines that do not fit are dropped and"
                                            + " counted.",
                            min = "64KiB",
                            max = "1GiB",
                            bytes = true,
                            restart = true)
                    int queue) {

        /**
         * Checks the settings.
         *
         * @throws ConfigException for the first that is out of its bounds
         */
        public AccessLog {
            SCHEMA.check(AccessLog.class, enabled, file, format, maxSize, daily, keep, queue);
        }
    }

    /** Requests that take long. */
    public record SlowRequest(
            @Setting(
                            value =
                                    "How long a request may take until its response is complete or,"
                                        + " where it streams, begins; what takes longer is slow. 0"
                                        + " is no limit.",
                            min = "0",
                            max = "1d",
                            restart = true)
                    Duration after) {

        /**
         * Checks the settings.
         *
         * @throws ConfigException for the first that is out of its bounds
         */
        public SlowRequest {
            SCHEMA.check(SlowRequest.class, after);
        }
    }

    /** Identifiers of requests. */
    public record RequestId(
            @Setting(
                            value =
                                    "Whether an X-Request-Id field of the client names its request,"
                                        + " if it is a token of at most 128 characters. For servers"
                                        + " behind a proxy that sets it.",
                            restart = true)
                    boolean trust,
            @Setting(
                            value = "Whether responses carry the identifier in X-Request-Id.",
                            restart = true)
                    boolean header) {

        /**
         * Checks the settings.
         *
         * @throws ConfigException for the first that is out of its bounds
         */
        public RequestId {
            SCHEMA.check(RequestId.class, trust, header);
        }
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
        return new ServerConfig(
                "0.0.0.0",
                8080,
                0,
                false,
                Accept.AUTO,
                2048,
                ServerTiming.OFF,
                NO_SECRET,
                Path.of("webapps"),
                Path.of("webapps-javax"),
                Path.of("conf/webapps"),
                true,
                Redeploy.SWAP,
                new Deployment(
                        Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(30), true),
                Map.of(),
                new DefaultHostConfig(List.of(), false),
                Path.of("conf/tomcat-users.xml"),
                new Development(false, false, List.of()),
                new Security(List.of(), StoredPassword.PLAIN, 5, Duration.ofMinutes(5), 0, 4 << 10),
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
                new KeepAlive(Duration.ofSeconds(5), 0),
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
                new Health(Health.NONE, Health.NONE),
                new FusedConfig(1 << 20),
                new TakeOver(true, Duration.ofMillis(1), 200),
                new RequestsConfig(10_000, 1_000, Duration.ofSeconds(10)),
                new ServletsConfig(List.of(), false, 100_000),
                SessionsConfig.DEFAULT,
                new AccessLog(
                        false,
                        Path.of("logs/access.log"),
                        LogFormat.COMBINED,
                        100L << 20,
                        true,
                        14,
                        4 << 20),
                new SlowRequest(Duration.ZERO),
                new RequestId(false, false));
    }
}

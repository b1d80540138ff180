package dev.pounce.bench.peer;

import static dev.pounce.bench.app.Coding.GZIP;
import static dev.pounce.bench.app.Coding.IDENTITY;
import static dev.pounce.bench.app.Coding.ZSTD;

import dev.pounce.bench.app.Work;
import dev.pounce.bench.peer.JavaPeer.Arguments;
import dev.pounce.bench.peer.JavaPeer.Launch;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The list of servers, in the order of the tables. */
public final class Peers {

    private static final String POUNCE_LIBRARIES =
            "pounce-|zstd-jni|snakeyaml|picocli|jandex|jspecify|jakarta.servlet|commons-";

    private static final String HOLDS_BACK = "holds back what was flushed";

    private final ModuleFiles files;
    private final List<String> javaOptions;

    private Peers(ModuleFiles files, List<String> javaOptions) {
        this.files = files;
        this.javaOptions = javaOptions;
    }

    /**
     * All servers, whether or not they can run on this machine; the yardstick first.
     *
     * @param javaOptions options for the JVMs of all servers in Java, behind their own
     */
    public static List<Peer> all(ModuleFiles files, List<String> javaOptions) {
        Peers peers = new Peers(files, javaOptions);
        List<Peer> all = new ArrayList<>();
        all.add(new CPeer(files.cSource(), files.output()));
        all.add(peers.pounce("pounce", "", List.of()));
        all.add(peers.pounceServlet("pounce-servlet", "", List.of()));
        all.addAll(peers.containers());
        all.addAll(peers.others());
        return all;
    }

    /** Those that are started as their users start them. */
    public static List<Peer> asShipped(ModuleFiles files) {
        return List.of(PounceAsShipped.withSamples(files));
    }

    /** Pounce as its users start it, with so many copies of the web application. */
    public static Peer withWebApps(ModuleFiles files, int count) throws IOException {
        Path webApps = WebApp.copies(files, count);
        return new PounceAsShipped(
                files,
                "Pounce, bin/pounce with " + count + " webapps",
                "/app1" + Work.HELLO.target(),
                List.of("webapps=" + webApps));
    }

    /** Pounce with servlets. */
    public static Peer servlets(ModuleFiles files) {
        return new Peers(files, List.of()).pounceServlet("pounce-servlet", "", List.of());
    }

    /**
     * The servers that can be measured beside slow requests: they answer {@code GET /burn} too,
     * with {@link dev.pounce.bench.app.Burn#ANSWER}, after that has used its CPU time. Pounce has
     * one worker; the others have what they have by themselves.
     *
     * @param settings for each Pounce what is set in it, such as {@code keep_alive.timeout=1s}
     */
    public static List<Peer> besideSlowNeighbours(ModuleFiles files, List<List<String>> settings) {
        Peers all = new Peers(files, List.of());
        List<Peer> peers = new ArrayList<>();
        for (int i = 0; i < settings.size(); i++) {
            List<String> arguments = new ArrayList<>(List.of("workers=1"));
            arguments.addAll(settings.get(i));
            String number = i == 0 ? "" : "-" + (i + 1);
            String words =
                    ", 1 worker"
                            + String.join("", settings.get(i).stream().map(s -> ", " + s).toList());
            peers.add(all.pounce("pounce" + number, words, arguments));
            peers.add(all.pounceServlet("pounce-servlet" + number, words, arguments));
        }
        peers.addAll(all.containers());
        return peers;
    }

    private Peer pounce(String name, String words, List<String> settings) {
        return java(
                name,
                "Pounce, a fused handler" + words,
                Abilities.of(Work.HELLO),
                new Launch(
                        PounceServer.class,
                        POUNCE_LIBRARIES,
                        PounceServer.OPTIONS,
                        () -> settings));
    }

    private Peer pounceServlet(String name, String words, List<String> settings) {
        return java(
                name,
                "Pounce, servlets" + words,
                Abilities.ofContainer().in(IDENTITY, GZIP, ZSTD),
                new Launch(
                        PounceServletServer.class,
                        POUNCE_LIBRARIES,
                        PounceServer.OPTIONS,
                        () -> {
                            List<String> arguments = new ArrayList<>(List.of(webApp()));
                            arguments.addAll(settings);
                            return arguments;
                        }));
    }

    private List<Peer> containers() {
        List<Peer> containers = new ArrayList<>();
        for (Threads threads : Threads.values()) {
            String words = ", " + threads.label() + " threads";
            containers.add(
                    java(
                            "tomcat-" + threads.label(),
                            "Tomcat " + JavaPeer.version("tomcat-embed-core") + words,
                            Abilities.ofContainer().in(IDENTITY, GZIP),
                            launch(
                                    TomcatServer.class,
                                    "tomcat-",
                                    () ->
                                            List.of(
                                                    threads.name(),
                                                    files.output().toString(),
                                                    webApp()))));
            containers.add(
                    java(
                            "jetty-" + threads.label(),
                            "Jetty " + JavaPeer.version("jetty-server") + words,
                            Abilities.ofContainer()
                                    .in(IDENTITY, GZIP, ZSTD)
                                    .without(HOLDS_BACK, Work.CHUNKS, ZSTD)
                                    .without(HOLDS_BACK, Work.EVENTS, ZSTD)
                                    .without("cuts the end of the content off", Work.LARGE, ZSTD),
                            launch(
                                    JettyServer.class,
                                    "jetty-|jakarta.servlet|zstd-jni",
                                    () -> List.of(threads.name(), webApp()))));
        }
        containers.add(
                java(
                        "undertow",
                        "Undertow " + JavaPeer.version("undertow-servlet"),
                        Abilities.ofContainer().in(IDENTITY, GZIP),
                        launch(
                                UndertowServer.class,
                                "undertow-|xnio-|wildfly-|jboss-|smallrye-|jakarta",
                                () -> List.of(webApp()))));
        return containers;
    }

    private List<Peer> others() {
        String vertx = "Vert.x " + JavaPeer.version("vertx-core");
        String vertxLibraries = "vertx-|netty-|jackson-|zstd-jni";
        return List.of(
                java(
                        "vertx",
                        vertx,
                        Abilities.of(
                                Work.HELLO,
                                Work.PAGE,
                                Work.CHUNKS,
                                Work.LARGE,
                                Work.FILE_100K,
                                Work.FILE_1M,
                                Work.SLEEP,
                                Work.EVENTS),
                        new Launch(
                                VertxServer.class,
                                vertxLibraries,
                                VertxServer.OPTIONS,
                                () -> List.of("false", webApp()))),
                java(
                        "vertx-compressing",
                        vertx + ", compressing",
                        Abilities.of(Work.PAGE, Work.CHUNKS, Work.LARGE, Work.EVENTS)
                                .in(GZIP, ZSTD),
                        new Launch(
                                VertxServer.class,
                                vertxLibraries,
                                VertxServer.OPTIONS,
                                () -> List.of("true", webApp()))),
                java(
                        "netty",
                        "Netty " + JavaPeer.version("netty-codec-http"),
                        Abilities.of(Work.HELLO),
                        launch(NettyServer.class, "netty-", List::of)),
                java(
                        "helidon",
                        "Helidon SE " + JavaPeer.version("helidon-webserver"),
                        Abilities.of(
                                        Work.HELLO,
                                        Work.PAGE,
                                        Work.CHUNKS,
                                        Work.LARGE,
                                        Work.SLEEP,
                                        Work.EVENTS)
                                .in(IDENTITY, GZIP)
                                .without(HOLDS_BACK, Work.CHUNKS, GZIP)
                                .without(HOLDS_BACK, Work.EVENTS, GZIP),
                        launch(HelidonServer.class, "helidon-|jakarta", List::of)),
                java(
                        "microhttp",
                        "microhttp " + JavaPeer.version("microhttp"),
                        Abilities.of(Work.HELLO),
                        launch(MicrohttpServer.class, "microhttp-", List::of)));
    }

    private static Launch launch(Class<?> main, String libraries, Arguments arguments) {
        return new Launch(main, libraries, List.of(), arguments);
    }

    private Peer java(String name, String description, Abilities abilities, Launch launch) {
        return new JavaPeer(name, description, abilities, launch.with(javaOptions));
    }

    private String webApp() throws IOException {
        return WebApp.folder(files).toString();
    }
}

package dev.pounce.bench.peer;

import java.util.ArrayList;
import java.util.List;

/** The list of servers, in the order of the tables. */
public final class Peers {

    private Peers() {}

    /** All servers, whether or not they can run on this machine; the yardstick first. */
    public static List<Peer> all(ModuleFiles files) {
        return List.of(
                new CPeer(files.cSource(), files.output()),
                new JavaPeer("pounce", "Pounce, a fused handler", PounceServer.class, List.of()),
                new JavaPeer(
                        "vertx",
                        "Vert.x " + JavaPeer.version("vertx-core"),
                        VertxServer.class,
                        VertxServer.OPTIONS));
    }

    /**
     * The servers that can be measured beside slow requests: they answer {@code GET /burn} too,
     * with {@link Burn#ANSWER}, after that has used its CPU time. Pounce has one worker; the others
     * have what they have by themselves.
     *
     * @param settings for each Pounce what is set in it, such as {@code keep_alive.timeout=1s}
     */
    public static List<Peer> besideSlowNeighbours(ModuleFiles files, List<List<String>> settings) {
        List<Peer> peers = new ArrayList<>();
        for (int i = 0; i < settings.size(); i++) {
            List<String> set = settings.get(i);
            List<String> arguments = new ArrayList<>(List.of("workers=1"));
            arguments.addAll(set);
            peers.add(
                    new JavaPeer(
                            i == 0 ? "pounce" : "pounce-" + (i + 1),
                            "Pounce, 1 worker"
                                    + (set.isEmpty() ? "" : ", " + String.join(" ", set)),
                            PounceServer.class,
                            List.of(),
                            arguments));
        }
        for (Threads threads : Threads.values()) {
            String words = ", " + threads.label() + " threads";
            peers.add(
                    new JavaPeer(
                            "tomcat-" + threads.label(),
                            "Tomcat " + JavaPeer.version("tomcat-embed-core") + words,
                            TomcatServer.class,
                            List.of(),
                            List.of(threads.name(), files.output().toString())));
            peers.add(
                    new JavaPeer(
                            "jetty-" + threads.label(),
                            "Jetty " + JavaPeer.version("jetty-server") + words,
                            JettyServer.class,
                            List.of(),
                            List.of(threads.name())));
        }
        return peers;
    }
}

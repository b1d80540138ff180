package dev.pounce.bench.peer;

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
}

package dev.pounce.server;

import dev.pounce.protocol.ProtocolException;
import dev.pounce.protocol.RequestHead;
import dev.pounce.protocol.RequestTarget;
import dev.pounce.route.VirtualHosts;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.TimeUnit;

/** What the log says of a request that the shutdown cuts off. */
final class CutOff {
    private CutOff() {}

    /** Method, path, route and age. */
    static String describe(Worker worker, RequestHead head, long receivedNanos) {
        String route = route(worker, head);
        return head.method()
                + " "
                + head.rawPath()
                + " ("
                + (route == null ? "no route any more" : route)
                + ") after "
                + TimeUnit.NANOSECONDS.toMillis(worker.now() - receivedNanos)
                + " ms";
    }

    /** By the routes of now; nothing is kept for it while the request runs. */
    private static @Nullable String route(Worker worker, RequestHead head) {
        try {
            VirtualHosts.VirtualHost host = worker.server().hosts().of(head);
            return host == null
                    ? null
                    : host.routes().routeName(RequestTarget.normalize(head.rawPath()));
        } catch (ProtocolException e) {
            return null;
        }
    }
}

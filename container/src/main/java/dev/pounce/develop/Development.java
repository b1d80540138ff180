package dev.pounce.develop;

import dev.pounce.config.DevelopmentConfig;
import dev.pounce.config.ServerConfig;
import dev.pounce.exchange.Exchange;
import dev.pounce.protocol.RequestHead;

import org.jspecify.annotations.Nullable;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Who may see what is only for developers. Immutable.
 *
 * @param enabled whether the server is there for developing
 * @param remote whether clients on other machines see it too
 * @param sources folders with sources, besides those that are found
 */
public record Development(boolean enabled, boolean remote, List<Path> sources) {

    /** Nobody sees anything. */
    public static final Development NONE = new Development(false, false, List.of());

    /** Copies the list. */
    public Development {
        sources = List.copyOf(sources);
    }

    /** What the configuration says. */
    public static Development of(ServerConfig config) {
        DevelopmentConfig settings = config.development();
        return new Development(
                settings.enabled(),
                settings.remote(),
                settings.sources().stream().map(Path::of).toList());
    }

    /**
     * Whether the client of an exchange is the developer: at this machine, asking for it by a name
     * that means this machine (another site's page could ask by a name of its own), and not through
     * a proxy.
     */
    public boolean isShownTo(Exchange exchange) {
        if (!enabled || remote) {
            return enabled;
        }
        RequestHead head = exchange.request();
        InetSocketAddress peer = exchange.connection().remoteAddress();
        return peer.getAddress() != null
                && peer.getAddress().isLoopbackAddress()
                && isThisMachine(head.field("Host"))
                && head.field("Forwarded") == null
                && head.field("X-Forwarded-For") == null
                && head.field("Via") == null;
    }

    static boolean isThisMachine(@Nullable String host) {
        if (host == null) {
            return true;
        }
        String name = host.toLowerCase(Locale.ROOT).replaceFirst(":\\d*$", "");
        return name.equals("localhost")
                || name.endsWith(".localhost")
                || name.equals("[::1]")
                || name.matches("127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}");
    }
}

package dev.pounce.testing;

import dev.pounce.config.ServerConfig;
import dev.pounce.config.VirtualHostConfig;

import java.util.List;
import java.util.Map;

/** A configuration with virtual hosts. */
public final class TestHosts {
    private TestHosts() {}

    /** One worker, a free loopback port, and the host {@code shop} named shop.example. */
    public static ServerConfig withShop() {
        VirtualHostConfig shop =
                VirtualHostConfig.schema()
                        .with(
                                VirtualHostConfig.defaults("shop"),
                                Map.of("names", List.of("shop.example")));
        return ServerConfig.schema()
                .with(
                        ServerConfig.defaults().withHost("127.0.0.1").withPort(0).withWorkers(1),
                        Map.of("hosts", Map.of("shop", shop)));
    }
}

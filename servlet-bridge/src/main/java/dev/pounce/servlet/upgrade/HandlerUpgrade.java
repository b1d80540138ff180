package dev.pounce.servlet.upgrade;

import dev.pounce.deploy.WithLoader;
import dev.pounce.exchange.Upgrade;
import dev.pounce.exchange.UpgradedConnection;

import jakarta.servlet.http.HttpUpgradeHandler;

/** Gives a connection to the handler that an application has named. */
public final class HandlerUpgrade implements Upgrade {
    private final HttpUpgradeHandler handler;
    private final ClassLoader loader;

    /**
     * @param loader the application's
     */
    public HandlerUpgrade(HttpUpgradeHandler handler, ClassLoader loader) {
        this.handler = handler;
        this.loader = loader;
    }

    @Override
    public void begin(UpgradedConnection connection) {
        WithLoader.run(loader, () -> handler.init(new BridgeWebConnection(connection, loader)));
    }

    @Override
    public void ended() {
        WithLoader.run(loader, handler::destroy);
    }
}

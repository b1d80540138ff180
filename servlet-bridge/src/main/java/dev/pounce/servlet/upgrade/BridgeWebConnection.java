package dev.pounce.servlet.upgrade;

import dev.pounce.exchange.UpgradedConnection;
import dev.pounce.servlet.io.Callbacks;

import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.WebConnection;

/**
 * An upgraded connection as its handler sees it. A stream without a listener waits where it has to;
 * with one it never does, and the listener is called on virtual threads, one call at a time.
 */
final class BridgeWebConnection implements WebConnection {
    private final UpgradeInput input;
    private final UpgradeOutput output;

    /**
     * @param loader the application's, for its listeners
     */
    BridgeWebConnection(UpgradedConnection connection, ClassLoader loader) {
        Callbacks callbacks = new Callbacks(() -> loader, () -> true);
        input = new UpgradeInput(connection, callbacks);
        output = new UpgradeOutput(connection, callbacks);
    }

    @Override
    public ServletInputStream getInputStream() {
        return input;
    }

    @Override
    public ServletOutputStream getOutputStream() {
        return output;
    }

    @Override
    public void close() {
        input.end();
        output.end();
    }
}

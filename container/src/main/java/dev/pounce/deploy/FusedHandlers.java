package dev.pounce.deploy;

import dev.pounce.route.FusedRoute;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.List;

/**
 * The fused handlers of a webapp.
 *
 * @param instances what was made to answer them, in that order
 */
record FusedHandlers(List<FusedRoute> routes, List<Object> instances, ClassLoader loader)
        implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FusedHandlers.class);

    /** Closes the instances that can be closed, the last first; failures are logged. */
    @Override
    public void close() {
        for (Object instance : instances.reversed()) {
            if (instance instanceof AutoCloseable closeable) {
                try {
                    WithLoader.call(
                            loader,
                            () -> {
                                closeable.close();
                                return true;
                            });
                } catch (Exception | LinkageError e) {
                    LOG.warn("{} could not be closed", instance.getClass().getName(), e);
                }
            }
        }
    }
}

package dev.pounce.leak;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Everything that an application may have left behind in the JVM; see {@link #wipe}. To be used by
 * one thread, which ends afterwards.
 */
public final class AppTraces {
    private static final Logger LOG = LoggerFactory.getLogger(AppTraces.class);

    private final String application;
    private final AppOwned owned;
    private final Predicate<Thread> isServers;
    private final Supplier<Callable<List<String>>> driverRemover;

    @FunctionalInterface
    private interface Step {
        void run() throws Exception;
    }

    /**
     * @param application for the log
     * @param loader the application's
     * @param isServers whether a thread is one of those that the server replaces when an
     *     application was undeployed
     * @param driverRemover makes a {@link DriverRemover} that the application's class loader has
     *     defined
     */
    public AppTraces(
            String application,
            ClassLoader loader,
            Predicate<Thread> isServers,
            Supplier<Callable<List<String>>> driverRemover) {
        this.application = application;
        this.owned = new AppOwned(loader);
        this.isServers = isServers;
        this.driverRemover = driverRemover;
    }

    /**
     * Takes away what can be taken away safely and names what cannot. To be called when the
     * application has ended, and before its class loader is closed: shutdown hooks are run.
     */
    public void wipe() {
        AppThreads threads = new AppThreads(owned, application, isServers);
        Registrations registrations = new Registrations(owned, application);
        step(() -> ShutdownHooks.run(owned, application));
        step(threads::end);
        step(this::removeDrivers);
        step(registrations::takeAway);
        step(registrations::emptyCaches);
        step(() -> ThreadLocals.name(owned, application, isServers));
    }

    private void removeDrivers() throws Exception {
        for (String each : driverRemover.get().call()) {
            LOG.info("{} has left a JDBC driver, which is deregistered: {}", application, each);
        }
    }

    /** One that fails keeps no other from being done. */
    private void step(Step step) {
        try {
            step.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception | LinkageError e) {
            LOG.warn("what {} has left behind could not all be taken away", application, e);
        }
    }
}

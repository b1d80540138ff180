package dev.pounce.leak;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Shutdown hooks of an application. The end of the application is what they wait for, and at the
 * end of the JVM it is long gone: they are taken away and run now.
 */
final class ShutdownHooks {
    private static final Logger LOG = LoggerFactory.getLogger(ShutdownHooks.class);
    private static final Duration LONGEST = Duration.ofSeconds(5);

    private ShutdownHooks() {}

    static void run(AppOwned owned, String application) {
        Object hooks = Inside.get("java.lang.ApplicationShutdownHooks", "hooks", null);
        if (!(hooks instanceof Map<?, ?> map)) {
            return;
        }
        List<Thread> its;
        // it is changed with that lock
        synchronized (lock()) {
            its =
                    map.keySet().stream()
                            .filter(Thread.class::isInstance)
                            .map(Thread.class::cast)
                            .filter(each -> isIts(owned, each))
                            .toList();
        }
        its.forEach(hook -> run(hook, application));
    }

    private static Object lock() {
        try {
            return Class.forName("java.lang.ApplicationShutdownHooks");
        } catch (ClassNotFoundException e) {
            return ShutdownHooks.class;
        }
    }

    private static boolean isIts(AppOwned owned, Thread hook) {
        return owned.isObject(hook)
                || owned.isObject(Inside.taskOf(hook))
                || owned.isLoader(hook.getContextClassLoader());
    }

    private static void run(Thread hook, String application) {
        try {
            if (!Runtime.getRuntime().removeShutdownHook(hook)) {
                return;
            }
        } catch (IllegalStateException e) {
            LOG.debug("the JVM ends and runs the hooks itself", e);
            return;
        }
        LOG.info("the shutdown hook \"{}\" of {} is run now", hook.getName(), application);
        hook.start();
        try {
            hook.join(LONGEST);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

package dev.pounce.leak;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.beans.Introspector;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.net.Authenticator;
import java.net.CookieHandler;
import java.net.ProxySelector;
import java.net.ResponseCache;
import java.security.Provider;
import java.security.Security;
import java.util.Collections;
import java.util.ResourceBundle;
import java.util.logging.Handler;
import java.util.logging.LogManager;

import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.MBeanServerFactory;
import javax.management.ObjectName;

/**
 * What an application has put into places of the JVM that everybody shares, and caches of those.
 */
final class Registrations {
    private static final Logger LOG = LoggerFactory.getLogger(Registrations.class);

    private final AppOwned owned;
    private final String application;

    Registrations(AppOwned owned, String application) {
        this.owned = owned;
        this.application = application;
    }

    private void removed(String what, Object which) {
        LOG.info("{} has left {}, which is taken away: {}", application, what, which);
    }

    void takeAway() {
        securityProviders();
        logHandlers();
        defaults();
        streams();
        managedBeans();
    }

    private void securityProviders() {
        for (Provider each : Security.getProviders()) {
            if (owned.isObject(each)) {
                Security.removeProvider(each.getName());
                removed("a security provider", each.getClass().getName());
            }
        }
    }

    private void logHandlers() {
        LogManager manager = LogManager.getLogManager();
        for (String name : Collections.list(manager.getLoggerNames())) {
            java.util.logging.Logger logger = manager.getLogger(name);
            if (logger == null) {
                continue;
            }
            for (Handler each : logger.getHandlers()) {
                if (owned.isObject(each)
                        || owned.isObject(each.getFormatter())
                        || owned.isObject(each.getFilter())) {
                    logger.removeHandler(each);
                    each.close();
                    removed("a handler of java.util.logging", each.getClass().getName());
                }
            }
            if (owned.isObject(logger.getFilter())) {
                logger.setFilter(null);
                removed("a filter of java.util.logging", name);
            }
        }
    }

    private void defaults() {
        if (owned.isObject(Authenticator.getDefault())) {
            Authenticator.setDefault(null);
            removed("a default", "java.net.Authenticator");
        }
        if (owned.isObject(ProxySelector.getDefault())) {
            ProxySelector.setDefault(null);
            removed("a default", "java.net.ProxySelector");
        }
        if (owned.isObject(CookieHandler.getDefault())) {
            CookieHandler.setDefault(null);
            removed("a default", "java.net.CookieHandler");
        }
        if (owned.isObject(ResponseCache.getDefault())) {
            ResponseCache.setDefault(null);
            removed("a default", "java.net.ResponseCache");
        }
        if (owned.isObject(Thread.getDefaultUncaughtExceptionHandler())) {
            Thread.setDefaultUncaughtExceptionHandler(null);
            removed("a default", "Thread.UncaughtExceptionHandler");
        }
    }

    private void streams() {
        if (owned.isObject(System.out)) {
            System.setOut(new PrintStream(new FileOutputStream(FileDescriptor.out), true));
            removed("a stream", "System.out");
        }
        if (owned.isObject(System.err)) {
            System.setErr(new PrintStream(new FileOutputStream(FileDescriptor.err), true));
            removed("a stream", "System.err");
        }
    }

    /** Only of servers that exist: {@link ManagementFactory} would make one. */
    private void managedBeans() {
        for (MBeanServer server : MBeanServerFactory.findMBeanServer(null)) {
            for (ObjectName name : server.queryNames(null, null)) {
                try {
                    if (owned.isLoader(server.getClassLoaderFor(name))) {
                        server.unregisterMBean(name);
                        removed("a managed bean", name);
                    }
                } catch (JMException e) {
                    LOG.debug("{} is gone or stays", name, e);
                }
            }
        }
    }

    /** Empties the platform's caches that hold on to classes. */
    void emptyCaches() throws InterruptedException {
        ResourceBundle.clearCache(owned.loader());
        // it has a cache for each group of threads, and virtual ones have a group of their own
        Introspector.flushCaches();
        Thread.ofVirtual().start(Introspector::flushCaches).join();
    }
}

package dev.pounce.watch;

import dev.pounce.config.ServerConfig;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.function.Supplier;

/**
 * The thread that looks at the directory of the web applications every {@code deployment.scan},
 * while {@code auto_deploy} is on, and never for more than a fiftieth of its time.
 */
public final class WatchThread {
    private static final Logger LOG = LoggerFactory.getLogger(WatchThread.class);
    private static final int PAUSE_FOR_LOOK = 49;

    private final WebAppsWatcher watcher;
    private final Supplier<ServerConfig> config;
    private final Thread thread;

    /** Starts. */
    public WatchThread(WebAppsWatcher watcher, Supplier<ServerConfig> config) {
        this.watcher = watcher;
        this.config = config;
        this.thread =
                Thread.ofPlatform()
                        .name("pounce-watch")
                        .daemon()
                        .inheritInheritableThreadLocals(false)
                        .start(this::run);
    }

    private void run() {
        try {
            while (true) {
                long begin = System.nanoTime();
                if (config.get().autoDeploy()) {
                    look();
                }
                Duration took = Duration.ofNanos(System.nanoTime() - begin);
                Duration scan = config.get().deployment().scan();
                Duration least = took.multipliedBy(PAUSE_FOR_LOOK);
                Thread.sleep(scan.compareTo(least) > 0 ? scan : least);
            }
        } catch (InterruptedException e) {
            LOG.debug("the directory of the web applications is watched no longer");
        }
    }

    private void look() {
        try {
            watcher.look(WatchThread::execute);
        } catch (RuntimeException e) {
            LOG.error("looking at the directory of the web applications failed", e);
        }
    }

    private static void execute(Runnable task) {
        Thread.ofVirtual()
                .name("pounce-watch-task")
                .inheritInheritableThreadLocals(false)
                .start(task);
    }

    /** Stops looking; what was found out before is done to its end. */
    public void stop() throws InterruptedException {
        thread.interrupt();
        thread.join();
    }
}

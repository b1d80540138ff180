package dev.pounce.watch;

import dev.pounce.config.ServerConfig;
import dev.pounce.deploy.AppFile;
import dev.pounce.deploy.AppName;
import dev.pounce.deploy.DeploymentException;
import dev.pounce.deploy.WebAppDeployer;
import dev.pounce.watch.Fingerprint.Scope;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * Keeps what is deployed like a directory: what is dropped into it is deployed when it has been
 * quiet for {@code deployment.quiet} and is whole, what changes there is replaced, what is removed
 * is undeployed. The directory is looked at again and again, for no system tells of all changes of
 * all kinds of file systems.
 *
 * <p>Looks are made by one thread at a time; what is found out is done by the executor.
 */
public final class WebAppsWatcher {
    private static final Logger LOG = LoggerFactory.getLogger(WebAppsWatcher.class);

    private final Path webapps;
    private final WebAppDeployer deployer;
    private final Supplier<ServerConfig> config;
    private final Time time;
    private @Nullable DevelopmentLookup requests;
    private final Map<AppName, WatchedApp> apps = new LinkedHashMap<>();
    private @Nullable Object folderKey;
    private @Nullable String complaint;

    /** The time, which a test moves. */
    public interface Time {

        /** Nanoseconds that never go back. */
        long nanos();

        /** The time of day. */
        Instant now();

        /** Lets time pass. */
        void pause(Duration duration) throws InterruptedException;

        /** The system's. */
        static Time system() {
            return new Time() {
                @Override
                public long nanos() {
                    return System.nanoTime();
                }

                @Override
                public Instant now() {
                    return Instant.now();
                }

                @Override
                public void pause(Duration duration) throws InterruptedException {
                    Thread.sleep(duration);
                }
            };
        }
    }

    /**
     * @param config the configuration in force, asked for at each look
     */
    public WebAppsWatcher(
            Path webapps, WebAppDeployer deployer, Supplier<ServerConfig> config, Time time) {
        this.webapps = webapps;
        this.deployer = deployer;
        this.config = config;
        this.time = time;
    }

    /**
     * Leaves alone what requests have had deployed; before the first look.
     *
     * @param development null where requests deploy nothing
     */
    public void beside(@Nullable DevelopmentLookup development) {
        requests = development;
    }

    /**
     * Deploys what is there, one after the other. What was written in this moment is waited for
     * first, as long as it takes to be quiet; what is not whole is left for later looks. What does
     * not start is logged.
     *
     * @throws IOException when the directory cannot be read
     */
    public void deployAll() throws IOException, InterruptedException {
        List<AppFile> found = AppFile.in(webapps);
        isOtherFolder(found);
        found.forEach(file -> add(file, Scope.ALL_AND_TIMES));
        long begin = time.nanos();
        Duration quiet = config.get().deployment().quiet();
        act(Runnable::run);
        while (isSomethingChanging() && time.nanos() - begin <= 10 * quiet.toNanos()) {
            time.pause(quiet.dividedBy(4).plusMillis(1));
            look(Runnable::run);
        }
    }

    private boolean isSomethingChanging() {
        return apps.values().stream().anyMatch(each -> each.state() == WatchState.CHANGING);
    }

    /**
     * Looks once, and has done what is to be done.
     *
     * @param executor does it; each application has at most one task at a time
     */
    public void look(Executor executor) {
        try {
            List<AppFile> found = AppFile.in(webapps);
            if (isOtherFolder(found)) {
                return;
            }
            see(found);
            complaint = null;
        } catch (IOException e) {
            complain(webapps + " cannot be read, and nothing changes: " + e);
            return;
        }
        act(executor);
    }

    /** A network folder that is not mounted is an empty folder, and no reason to undeploy. */
    private boolean isOtherFolder(List<AppFile> found) throws IOException {
        Object key = Files.readAttributes(webapps, BasicFileAttributes.class).fileKey();
        if (found.isEmpty() && !apps.isEmpty() && !Objects.equals(key, folderKey)) {
            complain(
                    webapps
                            + " is empty and another folder than before, perhaps since something is"
                            + " not mounted; nothing is undeployed");
            return true;
        }
        folderKey = key;
        return false;
    }

    private void complain(String what) {
        if (!what.equals(complaint)) {
            complaint = what;
            LOG.warn(what);
        }
    }

    private void see(List<AppFile> found) {
        List<AppName> missing = new ArrayList<>(apps.keySet());
        for (AppFile file : found) {
            WatchedApp app = apps.get(file.name());
            if (app == null) {
                add(file, Scope.ALL);
                missing.remove(file.name());
                continue;
            }
            try {
                app.seen(file, look(file, app.scope()), time.nanos());
                missing.remove(file.name());
            } catch (IOException e) {
                LOG.debug("{} vanished while it was looked at", file.path(), e);
            }
        }
        missing.forEach(name -> Objects.requireNonNull(apps.get(name)).missed(time.nanos()));
    }

    private Fingerprint look(AppFile file, Scope scope) throws IOException {
        return Fingerprint.of(file.path(), deployer.settingsOf(file.name()), scope);
    }

    private void add(AppFile file, Scope scope) {
        long now = time.nanos();
        Duration quiet = config.get().deployment().quiet();
        try {
            Fingerprint first = look(file, scope);
            boolean isOld =
                    scope == Scope.ALL_AND_TIMES
                            && first.newest().isBefore(time.now().minus(quiet));
            long changed = isOld ? now - quiet.toNanos() : now;
            apps.put(file.name(), new WatchedApp(file, first, now, changed));
        } catch (IOException e) {
            LOG.debug("{} vanished while it was looked at", file.path(), e);
        }
    }

    private void act(Executor executor) {
        long now = time.nanos();
        long quiet = config.get().deployment().quiet().toNanos();
        for (WatchedApp app : List.copyOf(apps.values())) {
            if (app.isDue(now, quiet)) {
                act(app, executor);
            }
        }
    }

    private void act(WatchedApp app, Executor executor) {
        AppFile file = app.file();
        if (app.state() == WatchState.VANISHED) {
            app.settle();
            apps.remove(file.name());
            executor.execute(() -> deployer.undeploy(file));
            return;
        }
        if (app.isDeployed()) {
            app.settle();
            deployer.forgetFailure(file);
            return;
        }
        DevelopmentLookup beside = requests;
        if (beside != null && beside.isStartedWith(deployer.mounted(file.name()), app.last())) {
            app.settle();
            return;
        }
        String problem = Wholeness.problem(file.path());
        if (problem != null) {
            app.refuse();
            deployer.refuse(file, problem + "; it is deployed when it has changed and is whole");
            return;
        }
        app.settle();
        app.busy();
        executor.execute(
                () -> {
                    try {
                        deployer.replace(file);
                    } catch (DeploymentException e) {
                        LOG.debug("{} is not deployed", file.path(), e);
                    } finally {
                        app.done();
                    }
                });
    }
}

package dev.pounce.watch;

import dev.pounce.deploy.AppName;
import dev.pounce.deploy.AppStatus;
import dev.pounce.watch.Fingerprint.Scope;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Whether applications are still what they were when they were started. Thread-safe. */
final class AppChanges {
    private final Function<AppName, List<Path>> settings;
    private final Map<AppName, Started> started = new HashMap<>();

    /**
     * @param since which start of the application that was
     * @param with what was there then
     */
    private record Started(Instant since, Fingerprint with) {}

    /**
     * @param settings where the operator's settings of an application may be
     */
    AppChanges(Function<AppName, List<Path>> settings) {
        this.settings = settings;
    }

    /** Whether an application has changed since its start. Looks at all of its code. */
    synchronized boolean isChanged(AppStatus app) {
        try {
            Started before = started.get(app.name());
            if (before != null && before.since().equals(app.since())) {
                return !look(app, Scope.CODE).hasSameCode(before.with());
            }
            Fingerprint first = look(app, Scope.ALL_AND_TIMES);
            boolean changed = first.newest().isAfter(app.since());
            if (!changed) {
                started.put(app.name(), new Started(app.since(), first));
            }
            return changed;
        } catch (IOException e) {
            // it is gone, which is not for a request to say
            return false;
        }
    }

    /** Whether an application was started, or tried, with what it looks like. */
    synchronized boolean isStartedWith(AppName name, Fingerprint now) {
        Started last = started.get(name);
        return last != null && last.with().hasSameCode(now);
    }

    /** What an application looks like, before it is started with that. */
    Fingerprint look(AppStatus app) throws IOException {
        return look(app, Scope.CODE);
    }

    private Fingerprint look(AppStatus app, Scope scope) throws IOException {
        return Fingerprint.of(app.origin(), settings.apply(app.declared()), scope);
    }

    /** An application was started, or tried, with what it looked like. */
    synchronized void started(AppStatus app, Fingerprint with) {
        started.put(app.name(), new Started(app.since(), with));
    }
}

package dev.pounce.watch;

import dev.pounce.deploy.AppFile;

import org.jspecify.annotations.Nullable;

/**
 * What is known of one folder or war file. Used by the thread that looks; but for {@link #busy} and
 * {@link #done}.
 */
final class WatchedApp {
    private AppFile file;
    private WatchState state = WatchState.CHANGING;
    private Fingerprint last;
    private @Nullable Fingerprint deployed;
    private long changed;
    private long looked;
    private long longestPause;
    private volatile boolean busy;

    /**
     * @param changed when it changed last, as far as is known
     */
    WatchedApp(AppFile file, Fingerprint first, long now, long changed) {
        this.file = file;
        this.last = first;
        this.looked = now;
        this.changed = changed;
    }

    AppFile file() {
        return file;
    }

    /** What it looked like at the last look. */
    Fingerprint last() {
        return last;
    }

    WatchState state() {
        return state;
    }

    /** How much has to be looked at. */
    Fingerprint.Scope scope() {
        return deployed == null ? Fingerprint.Scope.ALL : Fingerprint.Scope.CODE;
    }

    /** It is there, and looks like that. */
    void seen(AppFile found, Fingerprint now, long time) {
        boolean same = deployed == null ? now.isSame(last) : now.hasSameCode(last);
        if (!same || state == WatchState.VANISHED) {
            changes(WatchState.Event.CHANGE, time);
        }
        file = found;
        last = now;
        looked = time;
    }

    /** It is not there. */
    void missed(long time) {
        if (state != WatchState.VANISHED) {
            changes(WatchState.Event.VANISH, time);
        }
        looked = time;
    }

    /** At the look before it had not changed yet, so at least so long the pause was. */
    private void changes(WatchState.Event event, long time) {
        boolean goesOn = state == WatchState.CHANGING || state == WatchState.VANISHED;
        longestPause = goesOn ? Math.max(longestPause, looked - changed) : 0;
        state = state.on(event);
        changed = time;
    }

    /**
     * Whether it is time to do something about it.
     *
     * @param quietNanos how long nothing must have changed
     */
    boolean isDue(long now, long quietNanos) {
        boolean pending = state == WatchState.CHANGING || state == WatchState.VANISHED;
        return pending && !busy && now - changed >= Math.max(quietNanos, 2 * longestPause);
    }

    /** Whether it is deployed as it is now. */
    boolean isDeployed() {
        Fingerprint before = deployed;
        return before != null && before.hasSameCode(last);
    }

    /** It is whole, or gone for good. */
    void settle() {
        state = state.on(WatchState.Event.SETTLE);
        deployed = last;
    }

    /** It is not whole. */
    void refuse() {
        state = state.on(WatchState.Event.REFUSE);
    }

    /** Something is being done about it from now on, by another thread. */
    void busy() {
        busy = true;
    }

    /** That is done. Any thread. */
    void done() {
        busy = false;
    }
}

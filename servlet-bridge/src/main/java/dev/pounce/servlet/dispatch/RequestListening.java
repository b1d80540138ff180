package dev.pounce.servlet.dispatch;

import dev.pounce.servlet.async.AsyncProcessing;
import dev.pounce.servlet.http.ListenerAccess;
import dev.pounce.servlet.io.Callbacks;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * When and where the listeners of one request's streams are called: on virtual threads, once the
 * dispatch that set them has returned. Thread-safe.
 */
final class RequestListening implements ListenerAccess {
    private final AsyncProcessing async;
    private final Runnable wake;
    private @Nullable Callbacks callbacks;
    private List<Runnable> waiting = List.of();
    private boolean returned;

    /**
     * @param wake has the request go on when its asynchronous processing has failed
     */
    RequestListening(AsyncProcessing async, Runnable wake) {
        this.async = async;
        this.wake = wake;
    }

    @Override
    public void check() {
        if (!async.isStarted()) {
            throw new IllegalStateException(
                    "a listener can be set only while the request is processed asynchronously"
                            + " (Servlet specification, section 3.7)");
        }
    }

    @Override
    public synchronized Callbacks callbacks() {
        Callbacks made = callbacks;
        if (made == null) {
            made = new Callbacks(async::loader, async::isStarted);
            callbacks = made;
        }
        return made;
    }

    @Override
    public void begin(Runnable pump) {
        synchronized (this) {
            if (!returned) {
                if (waiting.isEmpty()) {
                    waiting = new ArrayList<>();
                }
                waiting.add(pump);
                return;
            }
        }
        pump.run();
    }

    /** A dispatch begins. */
    synchronized void dispatched() {
        returned = false;
    }

    /** The dispatch has returned, and the request is suspended. */
    void returned() {
        List<Runnable> begun;
        synchronized (this) {
            returned = true;
            begun = waiting;
            waiting = List.of();
        }
        begun.forEach(Runnable::run);
    }

    @Override
    public void failed(Throwable failure) {
        if (async.fail(failure)) {
            wake.run();
        }
    }

    @Override
    public void lost(IOException why) {
        async.lose(why);
    }
}

package dev.pounce.servlet.async;

import dev.pounce.servlet.async.AsyncState.Event;
import dev.pounce.servlet.http.AsyncAccess;
import dev.pounce.servlet.http.BridgeRequest;
import dev.pounce.servlet.http.BridgeResponse;
import dev.pounce.servlet.http.IncludedResponse;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;

import org.jspecify.annotations.Nullable;

import java.util.Objects;
import java.util.concurrent.Future;

/**
 * The asynchronous processing of one request. The application may call it from several threads at
 * once: every transition is made under the lock of this object, and nothing else is done under it.
 */
public final class AsyncProcessing implements AsyncAccess {
    private static final long DEFAULT_TIMEOUT_MILLIS = 30_000;

    private final AsyncHost host;
    private final AsyncTimers timers;
    private AsyncState state = AsyncState.SYNC;
    private AsyncListeners listeners = AsyncListeners.NONE;
    private long timeoutMillis = DEFAULT_TIMEOUT_MILLIS;
    private @Nullable BridgeAsyncContext current;
    private @Nullable Future<?> timer;
    private @Nullable Throwable lost;
    private @Nullable BridgeRequest request;
    private @Nullable BridgeResponse response;

    /** Nothing asynchronous is under way yet. */
    public AsyncProcessing(AsyncHost host, AsyncTimers timers) {
        this.host = host;
        this.timers = timers;
    }

    /** Gives the façades, which could only be made afterwards. */
    public void of(BridgeRequest original, BridgeResponse originalResponse) {
        request = original;
        response = originalResponse;
    }

    // The application

    @Override
    public AsyncContext start(
            ServletContext application,
            @Nullable ServletRequest given,
            @Nullable ServletResponse givenResponse) {
        AsyncListeners before;
        BridgeAsyncContext started;
        standAlone();
        if (response != null) {
            response.share();
        }
        synchronized (this) {
            if (response != null && response.pipeline().isEnded()) {
                throw new IllegalStateException("the response has ended");
            }
            state = state.on(Event.START);
            before = listeners;
            listeners = new AsyncListeners();
            timeoutMillis = DEFAULT_TIMEOUT_MILLIS;
            BridgeRequest original = Objects.requireNonNull(request);
            started =
                    new BridgeAsyncContext(
                            this,
                            application,
                            given != null ? given : original,
                            givenResponse != null
                                    ? givenResponse
                                    : Objects.requireNonNull(response),
                            given == null,
                            (given == null || original.isSameAs(given))
                                    && (givenResponse == null
                                            || givenResponse.equals(response)
                                            || givenResponse instanceof IncludedResponse));
            lost = null;
            current = started;
        }
        before.started(started);
        return started;
    }

    @Override
    public void standAlone() {
        host.standAlone();
    }

    @Override
    public synchronized boolean isStarted() {
        return state.isStarted();
    }

    @Override
    public synchronized AsyncContext context() {
        BridgeAsyncContext started = current;
        if (started == null || !isStarted()) {
            throw new IllegalStateException("asynchronous processing was not started");
        }
        return started;
    }

    /** Asks for a dispatch. */
    void dispatch(BridgeAsyncContext by, ServletContext application, @Nullable String path) {
        synchronized (this) {
            checkCurrent(by);
            AsyncState next = state.on(Event.DISPATCH);
            host.target(application, path, by.isUngiven() ? null : by.handedOn());
            state = next;
            cancelTimer();
        }
        host.wake();
    }

    /** Asks for the end of the response. */
    void complete(BridgeAsyncContext by) {
        synchronized (this) {
            checkCurrent(by);
            state = state.on(Event.COMPLETE);
            cancelTimer();
        }
        host.wake();
    }

    private void checkCurrent(BridgeAsyncContext by) {
        if (!by.equals(current)) {
            throw new IllegalStateException(
                    "this AsyncContext belongs to an asynchronous cycle that is over");
        }
    }

    /** Whether an AsyncContext can still be asked for its request. */
    synchronized void checkUsable(BridgeAsyncContext by) {
        checkCurrent(by);
        if (!state.allows(Event.DISPATCH) && state != AsyncState.ENDING) {
            throw new IllegalStateException(
                    "the request was dispatched or completed, so its AsyncContext is of no use");
        }
    }

    synchronized void addListener(BridgeAsyncContext by, AsyncListeners.Entry entry) {
        checkInDispatch(by, "a listener can only be added");
        listeners.add(entry);
    }

    synchronized void timeout(BridgeAsyncContext by, long millis) {
        checkInDispatch(by, "the timeout can only be set");
        timeoutMillis = millis;
    }

    private void checkInDispatch(BridgeAsyncContext by, String what) {
        checkCurrent(by);
        if (state != AsyncState.STARTING) {
            throw new IllegalStateException(
                    what + " before the dispatch that started the cycle has returned");
        }
    }

    synchronized long timeout() {
        return timeoutMillis;
    }

    void run(BridgeAsyncContext by, Runnable code) {
        host.run(by.application(), code);
    }

    // The container

    @Override
    public synchronized boolean isActive() {
        return state != AsyncState.SYNC && state != AsyncState.ENDING && state != AsyncState.DONE;
    }

    /** What is to be done for the request now. */
    public synchronized AsyncState state() {
        return state;
    }

    /** Whether somebody has said how it goes on. */
    public synchronized boolean isAsked() {
        return state.isAsked();
    }

    /** Whether a thread has something to do for the request. */
    public synchronized boolean isPending() {
        return isAsked()
                || state == AsyncState.EXPIRED
                || state == AsyncState.FAILED && lost != null;
    }

    /** A dispatch that was asked for begins. */
    public synchronized void entered() {
        state = state.on(Event.ENTER);
    }

    /** The container's dispatch has returned: unless somebody has said more, time counts now. */
    public synchronized void returned() {
        if (!state.allows(Event.RETURN)) {
            return;
        }
        state = state.on(Event.RETURN);
        BridgeAsyncContext cycle = current;
        if (state == AsyncState.STARTED && lost != null) {
            state = state.on(Event.FAIL);
        } else if (state == AsyncState.STARTED && timeoutMillis > 0) {
            timer = timers.after(timeoutMillis, () -> expire(cycle));
        }
    }

    /** A timer that could not be cancelled any more may come when another cycle has begun. */
    private void expire(@Nullable BridgeAsyncContext cycle) {
        synchronized (this) {
            if (!Objects.equals(cycle, current) || !state.allows(Event.EXPIRE)) {
                return;
            }
            state = state.on(Event.EXPIRE);
        }
        host.wake();
    }

    private void cancelTimer() {
        Future<?> running = timer;
        if (running != null) {
            timer = null;
            running.cancel(false);
        }
    }

    /** The dispatch failed after the start; false when there is nobody to ask how to go on. */
    public boolean fail(Throwable thrown) {
        AsyncListeners told;
        BridgeAsyncContext context;
        synchronized (this) {
            context = current;
            if (context == null || !state.allows(Event.FAIL)) {
                return false;
            }
            state = state.on(Event.FAIL);
            cancelTimer();
            told = listeners;
        }
        told.failed(context, thrown);
        return true;
    }

    /**
     * The request cannot go on, whatever the application does: its client is gone, or the
     * application is being stopped. Listeners hear of it from a thread that acts for the request.
     * Any thread.
     */
    public void lose(Throwable why) {
        synchronized (this) {
            if (state == AsyncState.STARTING) {
                lost = why;
                return;
            }
            if (state != AsyncState.STARTED) {
                return;
            }
            state = state.on(Event.FAIL);
            lost = why;
            cancelTimer();
        }
        host.wake();
    }

    /** Tells the listeners why the request was lost and returns that; null when it was not. */
    public @Nullable Throwable tellLost() {
        Throwable why;
        synchronized (this) {
            why = lost;
            lost = null;
        }
        if (why != null) {
            listeners().failed(Objects.requireNonNull(current), why);
        }
        return why;
    }

    /** The class loader of the application that began the cycle which is under way. */
    public synchronized ClassLoader loader() {
        return Objects.requireNonNull(current).application().getClassLoader();
    }

    /** Tells the listeners that the time is over. */
    public void tellExpired() {
        listeners().expired(Objects.requireNonNull(current));
    }

    /** Nobody has said how it ends, so it is completed. */
    public synchronized void completeUnlessAsked() {
        if (state.allows(Event.COMPLETE)) {
            state = state.on(Event.COMPLETE);
        }
    }

    /**
     * The request is about to end, well or badly: listeners hear of it, once, and may still write.
     */
    public void tellCompleted() {
        AsyncListeners told;
        BridgeAsyncContext context;
        synchronized (this) {
            if (!state.allows(Event.END)) {
                return;
            }
            state = state.on(Event.END);
            cancelTimer();
            context = current;
            told = listeners;
        }
        if (context != null) {
            told.completed(context);
        }
    }

    /** Nothing can be asked of it any more; everybody was told. */
    public synchronized void close() {
        state = state.on(Event.CLOSE);
    }

    private synchronized AsyncListeners listeners() {
        return listeners;
    }

    /** What is handed on in the next dispatch. */
    public synchronized ServletRequest handedOnRequest() {
        return Objects.requireNonNull(current).handedOn();
    }

    /** What is handed on in the next dispatch. */
    public synchronized ServletResponse handedOnResponse() {
        return Objects.requireNonNull(current).handedOnResponse();
    }
}

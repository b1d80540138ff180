package dev.pounce.servlet.async;

import dev.pounce.servlet.async.AsyncState.Event;
import dev.pounce.servlet.http.AsyncAccess;
import dev.pounce.servlet.http.BridgeRequest;
import dev.pounce.servlet.http.BridgeResponse;

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
    private AsyncListeners listeners = new AsyncListeners();
    private long timeoutMillis = DEFAULT_TIMEOUT_MILLIS;
    private boolean inDispatch = true;
    private boolean tellingEnd;
    private @Nullable BridgeAsyncContext current;
    private @Nullable Future<?> timer;
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
            @Nullable ServletRequest given, @Nullable ServletResponse givenResponse) {
        AsyncListeners before;
        BridgeAsyncContext started;
        synchronized (this) {
            if (response != null && response.pipeline().isEnded()) {
                throw new IllegalStateException("the response has ended");
            }
            state = state.on(Event.START);
            before = listeners;
            listeners = new AsyncListeners();
            timeoutMillis = DEFAULT_TIMEOUT_MILLIS;
            started =
                    new BridgeAsyncContext(
                            this,
                            Objects.requireNonNull(given != null ? given : request),
                            Objects.requireNonNull(
                                    givenResponse != null ? givenResponse : response),
                            given == null);
            current = started;
        }
        before.started(started);
        return started;
    }

    @Override
    public synchronized boolean isStarted() {
        return state == AsyncState.STARTED
                || state == AsyncState.EXPIRED
                || state == AsyncState.FAILED;
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
    void dispatch(BridgeAsyncContext by, @Nullable ServletContext context, @Nullable String path) {
        synchronized (this) {
            checkCurrent(by);
            if (!state.allows(Event.DISPATCH)) {
                state.on(Event.DISPATCH);
            }
            host.target(context, path, by.isOriginal() ? null : by.handedOn());
            state = state.on(Event.DISPATCH);
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
        if (!isStarted() && !tellingEnd) {
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
        if (!inDispatch || !isStarted()) {
            throw new IllegalStateException(
                    what + " before the dispatch that started the cycle has returned");
        }
    }

    synchronized long timeout() {
        return timeoutMillis;
    }

    void run(Runnable code) {
        host.run(code);
    }

    // The container

    /** Whether the request goes on after the dispatch that is under way. */
    public synchronized boolean isActive() {
        return state != AsyncState.SYNC && state != AsyncState.DONE;
    }

    /** What is to be done for the request now. */
    public synchronized AsyncState state() {
        return state;
    }

    /** Whether a thread has something to do for the request. */
    public synchronized boolean isPending() {
        return state == AsyncState.DISPATCHING
                || state == AsyncState.COMPLETING
                || state == AsyncState.EXPIRED;
    }

    /** Whether somebody has said how it goes on. */
    public synchronized boolean isAsked() {
        return state == AsyncState.DISPATCHING || state == AsyncState.COMPLETING;
    }

    /** A dispatch that was asked for begins. */
    public synchronized void entered() {
        state = state.on(Event.ENTER);
        inDispatch = true;
    }

    /** The container's dispatch has returned: from now on time counts. */
    public synchronized void returned() {
        inDispatch = false;
        if (state == AsyncState.STARTED && timeoutMillis > 0) {
            timer = timers.after(timeoutMillis, this::expire);
        }
    }

    private void expire() {
        synchronized (this) {
            if (state != AsyncState.STARTED) {
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

    /** The response is about to end: listeners hear of it, and may still write. */
    public void tellCompleted() {
        AsyncListeners told;
        BridgeAsyncContext context;
        synchronized (this) {
            context = current;
            told = listeners;
            tellingEnd = context != null;
        }
        if (context != null) {
            told.completed(context);
        }
    }

    /** Nothing can be asked of it any more. */
    public synchronized void end() {
        cancelTimer();
        tellingEnd = false;
        state = AsyncState.DONE;
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

package dev.pounce.servlet.async;

import dev.pounce.deploy.WithLoader;

import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The listeners of one asynchronous cycle; what one of them throws does not stop the others. */
final class AsyncListeners {
    private static final Logger LOG = LoggerFactory.getLogger(AsyncListeners.class);

    /** Those of a request that was not started asynchronously; nobody is ever added. */
    static final AsyncListeners NONE = new AsyncListeners();

    /** A listener and what its events carry, null where nothing was given. */
    record Entry(
            AsyncListener listener,
            @Nullable ServletRequest request,
            @Nullable ServletResponse response) {}

    @FunctionalInterface
    private interface Call {
        void tell(AsyncListener listener, AsyncEvent event) throws IOException;
    }

    private final List<Entry> entries = new CopyOnWriteArrayList<>();

    void add(Entry entry) {
        entries.add(entry);
    }

    void started(BridgeAsyncContext context) {
        tell(context, null, AsyncListener::onStartAsync);
    }

    void completed(BridgeAsyncContext context) {
        tell(context, null, AsyncListener::onComplete);
    }

    void expired(BridgeAsyncContext context) {
        tell(context, null, AsyncListener::onTimeout);
    }

    void failed(BridgeAsyncContext context, Throwable thrown) {
        tell(context, thrown, AsyncListener::onError);
    }

    private void tell(BridgeAsyncContext context, @Nullable Throwable thrown, Call call) {
        if (!entries.isEmpty()) {
            WithLoader.run(
                    context.application().getClassLoader(), () -> tellAll(context, thrown, call));
        }
    }

    private void tellAll(BridgeAsyncContext context, @Nullable Throwable thrown, Call call) {
        for (Entry entry : entries) {
            AsyncEvent event = new AsyncEvent(context, entry.request(), entry.response(), thrown);
            try {
                call.tell(entry.listener(), event);
            } catch (Exception | LinkageError | AssertionError | StackOverflowError e) {
                LOG.warn("{} failed", entry.listener().getClass().getName(), e);
            }
        }
    }
}

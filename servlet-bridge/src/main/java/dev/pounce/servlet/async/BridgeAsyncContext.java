package dev.pounce.servlet.async;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;

import org.jspecify.annotations.Nullable;

/** One asynchronous cycle as the application sees it. Thread-safe. */
final class BridgeAsyncContext implements AsyncContext {
    private final AsyncProcessing processing;
    private final ServletContext application;
    private final ServletRequest request;
    private final ServletResponse response;
    private final boolean ungiven;
    private final boolean original;

    BridgeAsyncContext(
            AsyncProcessing processing,
            ServletContext application,
            ServletRequest request,
            ServletResponse response,
            boolean ungiven,
            boolean original) {
        this.processing = processing;
        this.application = application;
        this.request = request;
        this.response = response;
        this.ungiven = ungiven;
        this.original = original;
    }

    /** The application that has started the cycle. */
    ServletContext application() {
        return application;
    }

    ServletRequest handedOn() {
        return request;
    }

    ServletResponse handedOnResponse() {
        return response;
    }

    /** Whether the application handed nothing on when it started the cycle. */
    boolean isUngiven() {
        return ungiven;
    }

    @Override
    public ServletRequest getRequest() {
        processing.checkUsable(this);
        return request;
    }

    @Override
    public ServletResponse getResponse() {
        processing.checkUsable(this);
        return response;
    }

    @Override
    public boolean hasOriginalRequestAndResponse() {
        return original;
    }

    @Override
    public void dispatch() {
        processing.dispatch(this, application, null);
    }

    @Override
    public void dispatch(String path) {
        processing.dispatch(this, application, path);
    }

    @Override
    public void dispatch(ServletContext context, String path) {
        processing.dispatch(this, context, path);
    }

    @Override
    public void complete() {
        processing.complete(this);
    }

    @Override
    public void start(Runnable run) {
        processing.run(this, run);
    }

    @Override
    public void addListener(AsyncListener listener) {
        processing.addListener(this, new AsyncListeners.Entry(listener, null, null));
    }

    @Override
    public void addListener(
            AsyncListener listener,
            @Nullable ServletRequest eventRequest,
            @Nullable ServletResponse eventResponse) {
        processing.addListener(
                this, new AsyncListeners.Entry(listener, eventRequest, eventResponse));
    }

    @Override
    public <T extends AsyncListener> T createListener(Class<T> type) throws ServletException {
        try {
            return type.getDeclaredConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new ServletException(
                    type.getName() + " needs a public constructor without parameters", e);
        }
    }

    @Override
    public void setTimeout(long millis) {
        processing.timeout(this, millis);
    }

    @Override
    public long getTimeout() {
        return processing.timeout();
    }
}

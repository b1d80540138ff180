package dev.pounce.servlet.http;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.Part;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.security.Principal;
import java.util.Collection;

/** The side of a request that is about the application's state rather than about the message. */
abstract class TopicalRequest implements HttpServletRequest {
    private final RequestTopics topics;
    private final RequestApplication application;

    TopicalRequest(RequestTopics topics, RequestApplication application) {
        this.topics = topics;
        this.application = application;
    }

    RequestTopics topics() {
        return topics;
    }

    // Session

    @Override
    public @Nullable HttpSession getSession(boolean create) {
        return application.sessions().session(create);
    }

    @Override
    public @Nullable HttpSession getSession() {
        return getSession(true);
    }

    @Override
    public String changeSessionId() {
        return application.sessions().changeId();
    }

    @Override
    public @Nullable String getRequestedSessionId() {
        return application.sessions().requestedId();
    }

    @Override
    public boolean isRequestedSessionIdValid() {
        return application.sessions().isRequestedIdValid();
    }

    @Override
    public boolean isRequestedSessionIdFromCookie() {
        return application.sessions().requestedIdSource() == SessionAccess.Source.COOKIE;
    }

    @Override
    public boolean isRequestedSessionIdFromURL() {
        return application.sessions().requestedIdSource() == SessionAccess.Source.URL;
    }

    // Parts

    @Override
    public Collection<Part> getParts() throws IOException, ServletException {
        return topics.parts().parts();
    }

    @Override
    public @Nullable Part getPart(String name) throws IOException, ServletException {
        for (Part part : getParts()) {
            if (part.getName().equals(name)) {
                return part;
            }
        }
        return null;
    }

    // Security

    @Override
    public @Nullable String getAuthType() {
        return topics.security().authType();
    }

    @Override
    public @Nullable String getRemoteUser() {
        Principal user = getUserPrincipal();
        return user == null ? null : user.getName();
    }

    @Override
    public @Nullable Principal getUserPrincipal() {
        return topics.security().user();
    }

    @Override
    public boolean authenticate(HttpServletResponse response) throws IOException, ServletException {
        return topics.security().authenticate(response);
    }

    @Override
    public void login(String name, String password) throws ServletException {
        topics.security().login(name, password);
    }

    @Override
    public void logout() throws ServletException {
        topics.security().logout();
    }

    // Asynchronous processing

    @Override
    public AsyncContext startAsync() {
        checkAsyncSupported();
        return topics.async().start(application.context(), null, null);
    }

    @Override
    public AsyncContext startAsync(ServletRequest request, ServletResponse response) {
        checkAsyncSupported();
        return topics.async().start(application.context(), request, response);
    }

    private void checkAsyncSupported() {
        if (!isAsyncSupported()) {
            throw new IllegalStateException(
                    "the servlet, or a filter before it, does not support asynchronous processing:"
                            + " declare it with asyncSupported");
        }
    }

    @Override
    public boolean isAsyncStarted() {
        return topics.async().isStarted();
    }

    /** Whether the request goes on when the dispatch that is under way has returned. */
    public boolean isAsyncActive() {
        return topics.async().isActive();
    }

    @Override
    public AsyncContext getAsyncContext() {
        return topics.async().context();
    }
}

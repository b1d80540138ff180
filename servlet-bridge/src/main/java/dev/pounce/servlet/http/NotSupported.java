package dev.pounce.servlet.http;

import dev.pounce.servlet.io.Callbacks;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.Part;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.charset.Charset;
import java.security.Principal;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The topics of a request that nobody provides: questions are answered truthfully, demands with an
 * exception that names what is missing.
 */
final class NotSupported {

    static final SessionAccess SESSIONS =
            new SessionAccess() {
                @Override
                public @Nullable HttpSession session(boolean create) {
                    if (create) {
                        throw missing("session tracking");
                    }
                    return null;
                }

                @Override
                public String changeId() {
                    throw new IllegalStateException("the request has no session");
                }

                @Override
                public @Nullable String requestedId() {
                    return null;
                }

                @Override
                public Source requestedIdSource() {
                    return Source.NONE;
                }

                @Override
                public boolean isRequestedIdValid() {
                    return false;
                }

                @Override
                public @Nullable SessionNote note() {
                    return null;
                }

                @Override
                public SessionNote note(Supplier<? extends SessionNote> made) {
                    throw missing("session tracking");
                }
            };

    static final ListenerAccess LISTENERS =
            new ListenerAccess() {
                @Override
                public void check() {
                    throw missing("asynchronous processing");
                }

                @Override
                public Callbacks callbacks() {
                    throw missing("asynchronous processing");
                }

                @Override
                public void begin(Runnable pump) {
                    throw missing("asynchronous processing");
                }

                @Override
                public void failed(Throwable failure) {
                    throw missing("asynchronous processing");
                }

                @Override
                public void lost(IOException why) {
                    // Nobody but who finds it out has to know it.
                }
            };

    static final AsyncAccess ASYNC =
            new AsyncAccess() {
                @Override
                public AsyncContext start(
                        ServletContext application,
                        @Nullable ServletRequest request,
                        @Nullable ServletResponse response) {
                    throw missing("asynchronous processing");
                }

                @Override
                public void standAlone() {}

                @Override
                public boolean isStarted() {
                    return false;
                }

                @Override
                public boolean isActive() {
                    return false;
                }

                @Override
                public AsyncContext context() {
                    throw new IllegalStateException("asynchronous processing was not started");
                }
            };

    static final PartAccess PARTS =
            new PartAccess() {
                @Override
                public Collection<Part> parts() {
                    throw missing("multipart/form-data");
                }

                @Override
                public boolean isExpected() {
                    return false;
                }

                @Override
                public List<Map.Entry<String, String>> fields(Charset charset) {
                    throw missing("multipart/form-data");
                }
            };

    static final SecurityAccess SECURITY =
            new SecurityAccess() {
                @Override
                public @Nullable String authType() {
                    return null;
                }

                @Override
                public @Nullable Principal user() {
                    return null;
                }

                @Override
                public boolean isInRole(String role, String servlet) {
                    return false;
                }

                @Override
                public boolean authenticate(HttpServletResponse response) throws ServletException {
                    throw new ServletException(missing("authentication"));
                }

                @Override
                public void login(String name, String password) throws ServletException {
                    throw new ServletException(missing("authentication"));
                }

                @Override
                public void logout() {
                    // Nobody is logged in.
                }
            };

    private NotSupported() {}

    static IllegalStateException missing(String what) {
        return new IllegalStateException(what + " is not supported by this build");
    }
}

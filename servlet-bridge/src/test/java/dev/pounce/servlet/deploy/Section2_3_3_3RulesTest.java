package dev.pounce.servlet.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Servlet specification, section 2.3.3.3: what AsyncContext promises and what it refuses. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class Section2_3_3_3RulesTest {

    @WebServlet(urlPatterns = "/async/*", asyncSupported = true)
    public static final class Async extends Cases {
        private static final long serialVersionUID = 1L;

        /** Made by the container. */
        public static class Listener implements AsyncListener {
            @Override
            public void onComplete(AsyncEvent event) throws IOException {
                HttpServletRequest supplied = (HttpServletRequest) event.getSuppliedRequest();
                print(
                        (HttpServletResponse) event.getAsyncContext().getResponse(),
                        getClass().getSimpleName(),
                        "completed",
                        supplied == null ? null : supplied.getHeader("X-Wrapped"));
            }

            @Override
            public void onTimeout(AsyncEvent event) {
                event.getAsyncContext().complete();
            }

            @Override
            public void onError(AsyncEvent event) {
                event.getAsyncContext().complete();
            }

            @Override
            public void onStartAsync(AsyncEvent event) throws IOException {
                print((HttpServletResponse) event.getAsyncContext().getResponse(), "again");
                event.getAsyncContext().addListener(this);
            }
        }

        static final class Wrapped extends HttpServletRequestWrapper {
            Wrapped(HttpServletRequest request) {
                super(request);
            }

            @Override
            public String getHeader(String name) {
                return name.equals("X-Wrapped") ? "yes" : super.getHeader(name);
            }
        }

        void idle(HttpServletRequest q, HttpServletResponse r) throws IOException {
            print(r, q.isAsyncSupported(), q.isAsyncStarted(), thrown(q::getAsyncContext));
        }

        void timeouts(HttpServletRequest q, HttpServletResponse r) throws IOException {
            AsyncContext context = q.startAsync();
            long standard = context.getTimeout();
            context.setTimeout(100_000);
            print(r, standard, context.getTimeout(), q.getAsyncContext() == context);
            context.complete();
        }

        void wrapped(HttpServletRequest q, HttpServletResponse r) throws Exception {
            HttpServletRequest request = new Wrapped(q);
            HttpServletResponse response = new HttpServletResponseWrapper(r);
            AsyncContext context = q.startAsync(request, response);
            print(r, context.getRequest() == request, context.getResponse() == response);
            print(r, context.hasOriginalRequestAndResponse());
            context.addListener(context.createListener(Listener.class));
            context.addListener(context.createListener(Listener.class), request, response);
            context.complete();
        }

        void plain(HttpServletRequest q, HttpServletResponse r) throws IOException {
            AsyncContext context = q.startAsync();
            print(r, context.getRequest() == q, context.hasOriginalRequestAndResponse());
            context.complete();
        }

        void refused(HttpServletRequest q, HttpServletResponse r) throws IOException {
            AsyncContext context = q.startAsync();
            print(r, thrown(q::startAsync), thrown(() -> q.startAsync(q, r)));
            context.complete();
            print(r, thrown(context::complete), thrown(context::dispatch));
            print(r, thrown(() -> context.dispatch("/async/idle")), thrown(q::startAsync));
            print(r, thrown(context::getRequest), thrown(context::getResponse));
        }

        void again(HttpServletRequest q, HttpServletResponse r) throws Exception {
            AsyncContext former = (AsyncContext) q.getAttribute("former");
            if (former != null) {
                print(r, q.getDispatcherType(), q.isAsyncStarted(), q.isAsyncSupported());
                print(r, thrown(former::complete), thrown(former::getRequest));
                q.startAsync().complete();
                return;
            }
            AsyncContext context = q.startAsync();
            context.addListener(context.createListener(Listener.class));
            q.setAttribute("former", context);
            context.dispatch();
        }

        void late(HttpServletRequest q, HttpServletResponse r) throws IOException {
            AsyncContext context = q.startAsync();
            context.start(
                    () -> {
                        try {
                            await(context);
                            print(r, thrown(() -> context.setTimeout(1)));
                            print(r, thrown(() -> context.addListener(new Listener())));
                        } catch (IOException e) {
                            throw new java.io.UncheckedIOException(e);
                        } finally {
                            context.complete();
                        }
                    });
        }

        /** Until the dispatch that started it has returned; then there can be no more listeners. */
        private static void await(AsyncContext context) {
            while (thrown(() -> context.setTimeout(context.getTimeout())).equals("none")) {
                Thread.yield();
            }
        }

        void attributes(HttpServletRequest q, HttpServletResponse r) throws IOException {
            if (q.getDispatcherType() == DispatcherType.REQUEST) {
                q.startAsync().dispatch("/async/attributes/target?c=d");
                return;
            }
            List<String> names = new ArrayList<>(Collections.list(q.getAttributeNames()));
            names.removeIf(name -> !name.startsWith("jakarta.servlet.async."));
            Collections.sort(names);
            for (String name : names) {
                if (!name.endsWith("mapping")) {
                    print(r, name.substring(22), q.getAttribute(name));
                }
            }
            print(r, q.getRequestURI(), q.getPathInfo(), q.getQueryString());
            print(r, q.getParameter("a"), q.getParameter("c"));
        }

        void chained(HttpServletRequest q, HttpServletResponse r) throws IOException {
            int round = q.getAttribute("round") == null ? 0 : (int) q.getAttribute("round");
            print(r, q.getDispatcherType(), round, q.getAttribute(AsyncContext.ASYNC_PATH_INFO));
            if (round < 3) {
                q.setAttribute("round", round + 1);
                q.startAsync().dispatch("/async/chained/" + (round + 1));
            }
        }
    }

    @WebServlet("/sync/*")
    public static final class Sync extends Cases {
        private static final long serialVersionUID = 1L;

        void start(HttpServletRequest q, HttpServletResponse r) throws IOException {
            ServletRequest wrapped = new HttpServletRequestWrapper(q);
            print(r, q.isAsyncSupported(), thrown(q::startAsync));
            print(r, thrown(() -> q.startAsync(wrapped, r)));
        }
    }

    private DeployedApp app;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        app =
                DeployedApp.start(
                        DeployedApp.webapp(folder.resolve("app"))
                                .classes(Cases.class, Async.class, Sync.class));
    }

    @AfterAll
    void stop() throws Exception {
        app.close();
    }

    @Test
    void nothingIsStartedBeforeStartAsync() throws Exception {
        assertEquals("true false IllegalStateException\n", app.content("/async/idle"));
    }

    @Test
    void whatDoesNotSupportItCannotStartIt() throws Exception {
        assertEquals(
                "false IllegalStateException\nIllegalStateException\n", app.content("/sync/start"));
    }

    @Test
    void theTimeoutIsHalfAMinuteUnlessItIsSet() throws Exception {
        assertEquals("30000 100000 true\n", app.content("/async/timeouts"));
    }

    @Test
    void wrappersAreHandedOnAndListenersGetWhatWasSuppliedForThem() throws Exception {
        assertEquals(
                """
                true true
                false
                Listener completed null
                Listener completed yes
                """,
                app.content("/async/wrapped"));
        assertEquals("true true\n", app.content("/async/plain"));
    }

    @Test
    void afterTheEndNothingCanBeAskedFor() throws Exception {
        String refused = "IllegalStateException IllegalStateException\n";
        assertEquals(refused.repeat(4), app.content("/async/refused"));
    }

    @Test
    void aCycleEndsWithItsDispatchAndListenersMayJoinTheNextOne() throws Exception {
        assertEquals(
                """
                ASYNC false true
                IllegalStateException IllegalStateException
                again
                Listener completed null
                """,
                app.content("/async/again"));
    }

    @Test
    void whenTheDispatchHasReturnedNothingCanBeSet() throws Exception {
        assertEquals("IllegalStateException\nIllegalStateException\n", app.content("/async/late"));
    }

    @Test
    void section9_7_2ADispatchTellsWhereItCameFrom() throws Exception {
        assertEquals(
                """
                context_path /app
                path_info /attributes
                query_string a=b
                request_uri /app/async/attributes
                servlet_path /async
                /app/async/attributes/target /attributes/target c=d
                b d
                """,
                app.content("/async/attributes?a=b"));
    }

    @Test
    void aDispatchMayStartTheNextOne() throws Exception {
        String content = app.content("/async/chained");
        assertEquals(
                """
                REQUEST 0 null
                ASYNC 1 /chained
                ASYNC 2 /chained
                ASYNC 3 /chained
                """,
                content);
        assertTrue(content.endsWith("\n"));
    }
}

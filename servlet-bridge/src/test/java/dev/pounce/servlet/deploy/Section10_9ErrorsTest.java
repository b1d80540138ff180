package dev.pounce.servlet.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;

/** Servlet specification, section 10.9: what error pages see, and what becomes of their errors. */
@Timeout(60)
class Section10_9ErrorsTest {
    private static final String FAIL =
            """
            @WebServlet(name = "fail", urlPatterns = "/fail/*", asyncSupported = true)
            public class Fail extends HttpServlet {
                public static class Special extends Exception { Special(String m) { super(m); } }
                public static class MoreSpecial extends Special { MoreSpecial(String m) { super(m); } }
                public static class Outer extends ServletException { Outer(Throwable cause) { super("outer", cause); } }
                protected void service(HttpServletRequest q, HttpServletResponse r) throws IOException, ServletException {
                    Object included = q.getAttribute("jakarta.servlet.include.path_info");
                    switch (included == null ? q.getPathInfo() : included.toString()) {
                        case "/deep" -> throw new ServletException("a", new ServletException("b", new MoreSpecial("c")));
                        case "/outer" -> throw new ServletException("reflection", new Outer(new Exception("inside")));
                        case "/io" -> throw new IOException("io");
                        case "/error" -> throw new StackOverflowError("deep");
                        case "/teapot" -> { r.setContentType("image/png"); r.setContentLength(3); r.addHeader("X-Kept", "1");
                            if (included == null) r.getOutputStream().write(1);
                            r.sendError(418, "tea");
                            if (included == null) r.getOutputStream().write(2); // goes nowhere
                            r.setHeader("X-Late", "1");
                            if (included == null) try { r.sendError(500); } catch (IllegalStateException e) { getServletContext().setAttribute("twice", "refused"); } }
                        case "/bad-page" -> r.sendError(420, "first");
                        case "/failing-page" -> r.sendError(421, "first");
                        case "/wait" -> throw new UnavailableException("busy", 7);
                        case "/include" -> { r.getWriter().print("in ");
                            q.getRequestDispatcher("/fail/teapot").include(q, new HttpServletResponseWrapper(r));
                            r.getWriter().print("out " + r.getStatus()); }
                        default -> r.getWriter().print(getServletContext().getAttribute("twice") + " " + getServletContext().getAttribute("seen"));
                    }
                }
            }
            """;
    private static final String PAGE =
            """
            @WebServlet(urlPatterns = {"/page/*", "/bad", "/failing"})
            public class Page extends HttpServlet {
                protected void service(HttpServletRequest q, HttpServletResponse r) throws IOException, ServletException {
                    if (q.getServletPath().equals("/bad")) { r.sendError(500, "of the page"); return; }
                    if (q.getServletPath().equals("/failing")) throw new AssertionError("of the page");
                    r.getWriter().print(q.getDispatcherType() + " " + q.getMethod() + " " + q.getRequestURI() + " " + q.getPathInfo() + "\\n");
                    for (String each : List.of("status_code", "exception_type", "message", "request_uri", "query_string", "servlet_name", "method"))
                        r.getWriter().print(each + "=" + q.getAttribute("jakarta.servlet.error." + each) + "\\n");
                    for (String each : List.of("request_uri", "context_path", "servlet_path", "path_info", "query_string"))
                        r.getWriter().print("forward." + each + "=" + q.getAttribute("jakarta.servlet.forward." + each) + "\\n");
                    q.removeAttribute("jakarta.servlet.forward.path_info");
                    r.getWriter().print(q.getAttribute("jakarta.servlet.forward.path_info") + "\\n");
                }
            }
            """;
    private static final String SEEN =
            """
            @WebListener
            public class Seen implements ServletRequestListener {
                public void requestDestroyed(ServletRequestEvent e) {
                    Object thrown = e.getServletRequest().getAttribute(RequestDispatcher.ERROR_EXCEPTION);
                    if (thrown != null) e.getServletContext().setAttribute("seen", thrown.getClass().getSimpleName());
                }
                public void requestInitialized(ServletRequestEvent e) {
                    if (e.getServletRequest().getParameter("refuse") != null) throw new IllegalArgumentException("by the listener");
                }
            }
            """;
    private static final String PAGES =
            """
            <web-app>
              <error-page><exception-type>app.Fail$Special</exception-type><location>/page/special?a=b</location></error-page>
              <error-page><exception-type>java.lang.IllegalArgumentException</exception-type><location>/page/argument</location></error-page>
              <error-page><exception-type>app.Fail$Outer</exception-type><location>/page/outer</location></error-page>
              <error-page><error-code>420</error-code><location>/bad</location></error-page>
              <error-page><error-code>421</error-code><location>/failing</location></error-page>
              <error-page><location>/page/default</location></error-page>
            </web-app>
            """;

    @TempDir Path folder;
    private DeployedApp app;

    private void deploy() throws Exception {
        app =
                DeployedApp.start(
                        DeployedApp.webapp(folder.resolve("app"), FAIL, PAGE, SEEN)
                                .file("WEB-INF/web.xml", PAGES));
    }

    @AfterEach
    void stop() throws Exception {
        app.close();
    }

    private static String content(String answer) {
        return answer.substring(answer.indexOf("\n\n") + 2);
    }

    @Test
    void aPageIsDispatchedToAsByAForwardWithGetWhateverTheMethodWas() throws Exception {
        deploy();
        String answer = app.send("PUT", "/fail/deep?x=y", "", "content");
        assertTrue(answer.startsWith("HTTP/1.1 500 "), answer);
        assertEquals(
                """
                ERROR GET /app/page/special /special
                status_code=500
                exception_type=class app.Fail$MoreSpecial
                message=c
                request_uri=/app/fail/deep
                query_string=x=y
                servlet_name=fail
                method=PUT
                forward.request_uri=/app/fail/deep
                forward.context_path=/app
                forward.servlet_path=/fail
                forward.path_info=/deep
                forward.query_string=x=y
                null
                """,
                content(answer));
        assertEquals("null MoreSpecial", app.content("/fail/see"));
    }

    @Test
    void aPageIsToldOfTheExceptionThatItIsFor() throws Exception {
        deploy();
        String answer = content(app.get("/fail/outer"));
        assertTrue(answer.startsWith("ERROR GET /app/page/outer /outer\n"), answer);
        assertTrue(answer.contains("exception_type=class app.Fail$Outer\nmessage=outer\n"), answer);
    }

    @Test
    void headIsAGetForThePageToo() throws Exception {
        deploy();
        String head = app.send("HEAD", "/fail/io", "", "");
        assertTrue(head.startsWith("HTTP/1.1 500 "), head);
        assertEquals("", content(head));
        String get = app.get("/fail/io");
        assertTrue(get.contains("method=GET\n"), get);
    }

    @Test
    void theDefaultPageDescribesErrorsOfAnyKind() throws Exception {
        deploy();
        assertTrue(
                app.get("/fail/error")
                        .contains("exception_type=class java.lang.StackOverflowError"));
        assertTrue(app.get("/fail/io").contains("message=io\n"));
    }

    @Test
    void afterSendErrorContentIsDroppedAndTheHeadIsFixed() throws Exception {
        deploy();
        String answer = app.get("/fail/teapot");
        assertTrue(answer.startsWith("HTTP/1.1 418 "), answer);
        assertTrue(answer.contains("\nX-Kept: 1\n"), answer);
        assertFalse(answer.contains("X-Late"), answer);
        assertFalse(answer.contains("image/png"), answer);
        assertTrue(content(answer).startsWith("ERROR GET /app/page/default"), answer);
        assertEquals("refused null", app.content("/fail/see"));
    }

    @Test
    void anErrorThatIsIncludedIsNone() throws Exception {
        deploy();
        assertEquals("in out 200", app.content("/fail/include"));
    }

    @Test
    void aPageThatFailsLeavesTheErrorItWasToDescribe() throws Exception {
        deploy();
        for (String page : new String[] {"/fail/bad-page", "/fail/failing-page"}) {
            String answer = app.get(page);
            int status = page.contains("bad") ? 420 : 421;
            assertTrue(answer.startsWith("HTTP/1.1 " + status), answer);
            assertTrue(answer.contains("<p>first</p>"), answer);
        }
    }

    @Test
    void whatIsUnavailableForAWhileSaysForHowLong() throws Exception {
        deploy();
        String answer = app.get("/fail/wait");
        assertTrue(answer.startsWith("HTTP/1.1 503 "), answer);
        assertTrue(answer.contains("\nRetry-After: 7\n"), answer);
        assertTrue(content(answer).contains("status_code=503"), answer);
        assertTrue(app.get("/fail/see").startsWith("HTTP/1.1 503 "));
    }

    @Test
    void section11WhatARequestListenerThrowsIsAnErrorOfTheRequest() throws Exception {
        deploy();
        String answer = app.get("/fail/see?refuse");
        assertTrue(answer.startsWith("HTTP/1.1 500 "), answer);
        assertTrue(content(answer).startsWith("ERROR GET /app/page/argument"), answer);
        assertTrue(answer.contains("message=by the listener\n"), answer);
    }
}

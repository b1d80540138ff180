package dev.pounce.servlet.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;

/**
 * Servlet specification, sections 9.1 to 9.4: which request and response whom a dispatch is given
 * to sees, during it and afterwards, and which paths lead where.
 */
@Timeout(60)
class Section9FacadesTest {
    private static final String GO =
            """
            @WebServlet(urlPatterns = "/go/*", asyncSupported = true)
            public class Go extends HttpServlet {
                static class Loud extends HttpServletResponseWrapper {
                    Loud(HttpServletResponse r) { super(r); }
                    public void setHeader(String n, String v) { super.setHeader(n, v + "!"); }
                }
                protected void service(HttpServletRequest q, HttpServletResponse r) throws IOException, ServletException {
                    Target.KEPT.clear();
                    switch (q.getPathInfo()) {
                        case "/forward" -> { q.getRequestDispatcher("/target/f?p=1").forward(q, r); }
                        case "/include" -> { q.getRequestDispatcher("/target/i?p=1").include(q, r);
                            HttpServletRequest kept = (HttpServletRequest) Target.KEPT.get("request");
                            HttpServletResponse response = (HttpServletResponse) Target.KEPT.get("response");
                            response.setHeader("X-Kept", "1");
                            r.setHeader("X-Own", "1");
                            r.getWriter().print(kept.getDispatcherType() + " " + kept.getParameter("p") + " " + kept.getAttribute("jakarta.servlet.include.path_info")
                                + " | " + q.getDispatcherType() + " " + q.getParameter("p") + " " + q.getAttribute("jakarta.servlet.include.path_info")
                                + " " + (kept.getAttribute("shared") == q.getAttribute("shared"))); }
                        case "/wrapped" -> { HttpServletRequestWrapper w = new HttpServletRequestWrapper(q) {
                                public String getHeader(String n) { return n.equals("X-W") ? "wrapped" : super.getHeader(n); } };
                            Loud loud = new Loud(r);
                            q.getRequestDispatcher("/target/w").include(w, loud);
                            loud.setHeader("X-Own", "1");
                            r.getWriter().print(w.getDispatcherType() + " " + w.getRequest().equals(q) + " " + loud.getResponse().equals(r)
                                + " " + (Target.KEPT.get("request") == w)); }
                        case "/async" -> { q.getRequestDispatcher("/target/async?p=1").forward(q, r); }
                        case "/nested" -> q.getRequestDispatcher("/target/nested").include(q, r);
                        case "/relative" -> q.getRequestDispatcher("../target/deep/one?p=rel").include(q, r);
                        case "/remove" -> q.getRequestDispatcher("/target/remove").include(q, r);
                        case "/path" -> { String to = q.getParameter("to");
                            RequestDispatcher d = q.getRequestDispatcher(to);
                            if (d == null) r.getWriter().print("none"); else d.forward(q, r); }
                        case "/here" -> r.getWriter().print("here " + q.getParameter("x"));
                        case "/context" -> { try { r.getWriter().print(getServletContext().getRequestDispatcher("target")); }
                            catch (IllegalArgumentException e) { r.getWriter().print("refused"); } }
                        case "/root" -> getServletContext().getRequestDispatcher("").forward(q, r);
                        default -> r.sendError(404);
                    }
                }
            }
            """;
    private static final String TARGET =
            """
            @WebServlet(name = "target", urlPatterns = {"/target/*", "/\u00fc %/*"}, asyncSupported = true)
            public class Target extends HttpServlet {
                static final Map<String, Object> KEPT = new java.util.concurrent.ConcurrentHashMap<>();
                protected void service(HttpServletRequest q, HttpServletResponse r) throws IOException, ServletException {
                    KEPT.put("request", q); KEPT.put("response", r);
                    q.setAttribute("shared", this);
                    r.setHeader("X-Target", "1"); r.addCookie(new Cookie("c", "v")); r.setStatus(299); r.setContentType("image/png"); r.setLocale(Locale.GERMAN);
                    Object included = q.getAttribute("jakarta.servlet.include.path_info");
                    String path = included == null ? String.valueOf(q.getPathInfo()) : included.toString();
                    switch (path) {
                        case "/async" -> { AsyncContext c = q.startAsync(q, r);
                            String during = q.getRequestURI();
                            new Thread(() -> {
                                HttpServletRequest kept = (HttpServletRequest) c.getRequest();
                                try { c.getResponse().getWriter().print(during + " " + kept.getRequestURI() + " " + kept.getParameter("p") + " " + kept.getDispatcherType()
                                    + " " + c.hasOriginalRequestAndResponse()); }
                                catch (IOException e) { throw new UncheckedIOException(e); }
                                c.complete(); }).start(); }
                        case "/nested" -> { r.getWriter().print(q.getAttribute("jakarta.servlet.include.path_info") + ",");
                            q.getRequestDispatcher("/target/inner").include(q, r);
                            r.getWriter().print(q.getAttribute("jakarta.servlet.include.path_info")); }
                        case "/deep/one" -> q.getRequestDispatcher("two").include(q, r);
                        case "/remove" -> { q.removeAttribute("jakarta.servlet.include.servlet_path"); q.setAttribute("jakarta.servlet.include.request_uri", "mine");
                            r.getWriter().print(q.getAttribute("jakarta.servlet.include.servlet_path") + " " + q.getAttribute("jakarta.servlet.include.request_uri")); }
                        default -> r.getWriter().print(q.getDispatcherType() + " " + q.getRequestURI() + " " + q.getServletPath() + " " + q.getPathInfo()
                            + " " + q.getParameter("p") + " " + q.getHeader("X-W") + " " + q.getHttpServletMapping().getMatchValue() + ";");
                    }
                }
            }
            """;

    @TempDir Path folder;
    private DeployedApp app;

    @BeforeEach
    void deploy() throws Exception {
        app =
                DeployedApp.start(
                        DeployedApp.webapp(folder.resolve("app"), GO, TARGET)
                                .file("index.html", "<p>welcome\n")
                                .file("folder/index.html", "<p>folder\n")
                                .file("folder/a b.txt", "file\n"));
    }

    @AfterEach
    void stop() throws Exception {
        app.close();
    }

    @Test
    void section9_3ReferencesThatAnIncludeWasGivenStayIncluded() throws Exception {
        String answer = app.get("/go/include?p=0");
        assertTrue(answer.startsWith("HTTP/1.1 200 "), answer);
        assertTrue(
                answer.endsWith(
                        "INCLUDE /app/go/include /go /include 1 null include;"
                                + "INCLUDE 1 /i | REQUEST 0 null true"),
                answer);
        assertTrue(answer.contains("\nX-Own: 1\n"), answer);
        assertTrue(
                !answer.contains("X-Kept")
                        && !answer.contains("X-Target")
                        && !answer.contains("Set-Cookie")
                        && !answer.contains("image/png")
                        && !answer.contains("Content-Language"),
                answer);
    }

    @Test
    void section9_2WrappersArePassedAndGetBackWhatTheyWrapped() throws Exception {
        String answer = app.get("/go/wrapped");
        assertTrue(
                answer.endsWith(
                        "INCLUDE /app/go/wrapped /go /wrapped null wrapped wrapped;"
                                + "REQUEST true true true"),
                answer);
        assertTrue(answer.contains("\nX-Own: 1!\n") && !answer.contains("X-Target"), answer);
    }

    @Test
    void section9_4WhatAForwardHasStartedAsynchronouslyStaysForwarded() throws Exception {
        String answer = app.get("/go/async?p=0");
        assertTrue(answer.endsWith("/app/target/async /app/target/async 1 FORWARD true"), answer);
    }

    @Test
    void section9_3_1AttributesOfAnInnerIncludeGoWithIt() throws Exception {
        String answer = app.content("/go/nested");
        assertTrue(answer.startsWith("/nested,INCLUDE "), answer);
        assertTrue(answer.endsWith(";/nested"), answer);
    }

    @Test
    void section9_1APathRelativeToAnIncludedServletStartsAtItsOwn() throws Exception {
        assertEquals(
                "INCLUDE /app/go/relative /go /relative rel null relative;",
                app.content("/go/relative"));
    }

    @Test
    void whatADispatchSetsAnApplicationMayTakeAway() throws Exception {
        assertEquals("null mine", app.content("/go/remove"));
    }

    @Test
    void section9_1PathsAreReadAsClientsSendThem() throws Exception {
        assertForwarded("/app/target/a;x=1/b /target /a/b null null a/b", "/target/a;x=1/b");
        assertForwarded("/app/target/x /target /x null null x", "/a/../target/./x");
        assertForwarded("/app/target/%41 /target /A null null A", "/target/%41");
        assertForwarded("/app/target/a%20b /target /a b null null a b", "/target/a b");
        assertForwarded("/app/target/x /target /x q null x", "../target/x?p=q");
        assertForwarded("/app/%C3%BC%20%25/x /\u00fc % /x null null x", "/%C3%BC%20%25/x");
        for (String none : new String[] {"/../x", "../../x", "/%zz", "/a%2fb", "/%2e%2e/x"}) {
            assertEquals("none", to(none), none);
        }
        assertEquals("here y", to("here?x=y"));
        assertEquals("refused", app.content("/go/context"));
    }

    @Test
    void section9_1FilesAndWelcomeFilesAreDispatchedTo() throws Exception {
        assertEquals("<p>welcome\n", app.content("/go/root"));
        assertEquals("<p>folder\n", to("/folder/"));
        assertEquals("file\n", to("/folder/a%20b.txt"));
        assertEquals("file\n", to("/folder/a b.txt"));
    }

    private void assertForwarded(String expected, String path) throws Exception {
        assertEquals("FORWARD " + expected + ";", to(path), path);
    }

    private String to(String path) throws Exception {
        String encoded = java.net.URLEncoder.encode(path, "UTF-8");
        String answer = app.get("/go/path?to=" + encoded);
        return answer.substring(answer.indexOf("\n\n") + 2);
    }
}

package dev.pounce.servlet.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pounce.Pounce;
import dev.pounce.config.ServerConfig;
import dev.pounce.deploy.DeploymentException;
import dev.pounce.testing.Javac;
import dev.pounce.testing.RawClient;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;

/** {@code development.enabled}: what a developer sees of a project that is laid out as Maven's. */
@Timeout(60)
class DevelopmentTest {
    @TempDir Path project;

    private Path webapp;
    private Pounce server;
    private long changes;

    @BeforeEach
    void makeProject() {
        webapp = project.resolve("target/shop");
    }

    @AfterEach
    void stop() throws Exception {
        if (server != null) {
            server.stop();
        }
    }

    @Test
    void whatAFusedHandlerThrowsIsShownWithItsSource() throws Exception {
        compile(
                "Broken",
                """
                public class Broken {
                    @Fused("/broken")
                    public String broken() {
                        String text = "<b>no markup</b>";
                        throw new IllegalStateException("password=tiger " + text);
                    }
                }
                """);
        start(true);

        String page = get("/shop/broken?token=lion&x=%3Cscript%3E", "");

        assertTrue(page.startsWith("HTTP/1.1 500 "), page);
        assertTrue(page.contains("Pounce-Error: POUNCE_APP_EXCEPTION\n"), page);
        assertTrue(page.contains("Content-Security-Policy: default-src 'none'"), page);
        assertTrue(page.contains("java.lang.IllegalStateException"), page);
        assertTrue(
                page.contains(
                        "<span class=\"at\"><i>12</i>        throw new"
                            + " IllegalStateException(&quot;password=tiger &quot; + text);</span>"),
                page);
        assertTrue(page.contains("&lt;b&gt;no markup&lt;/b&gt;"), page);
        assertFalse(page.contains("<b>"), page);
        assertTrue(page.contains("token=(redacted)&amp;x=%3Cscript%3E"), page);
        assertFalse(page.contains("lion"), page);
    }

    @Test
    void secretsOfTheRequestAreNotShown() throws Exception {
        compile("Broken", servlet("Broken", "throw new IOException(\"secret=tiger\");"));
        start(true);

        String page =
                get(
                        "/shop/broken",
                        """
                        Authorization: Basic bGlvbjpsaW9u
                        Cookie: JSESSIONID=0123456789
                        X-Api-Key: puma
                        X-Plain: <i>shown</i>
                        """);

        for (String secret : List.of("bGlvbjpsaW9u", "0123456789", "puma", "tiger<")) {
            assertFalse(page.contains(secret), secret + " in " + page);
        }
        assertTrue(page.contains("<td>Authorization</td><td>(redacted)</td>"), page);
        assertTrue(page.contains("<td>&lt;i&gt;shown&lt;/i&gt;</td>"), page);
    }

    @Test
    void whatAServletThrowsIsShownWithItsCauses() throws Exception {
        compile(
                "Broken",
                servlet(
                        "Broken",
                        "try { Integer.parseInt(\"x\"); } catch (NumberFormatException e) { throw"
                                + " new ServletException(\"outer\", e); }"));
        start(true);

        String page = get("/shop/broken", "");

        assertTrue(page.startsWith("HTTP/1.1 500 "), page);
        assertTrue(page.contains("<h2>jakarta.servlet.ServletException</h2>"), page);
        assertTrue(page.contains("<h2>Caused by java.lang.NumberFormatException</h2>"), page);
        assertTrue(page.contains("src/main/java/app/Broken.java"), page);
        assertTrue(page.contains("Integer.parseInt(&quot;x&quot;)"), page);
    }

    @Test
    void othersGetABareError() throws Exception {
        compile("Broken", servlet("Broken", "throw new IOException(\"tiger\");"));
        start(true);
        for (String further : List.of("X-Forwarded-For: 192.0.2.1\n", "Forwarded: for=x\n")) {
            assertFalse(get("/shop/broken", further).contains("tiger"), further);
        }
        String foreign =
                send("GET /shop/broken HTTP/1.1\nHost: evil.example\nConnection: close\n\n");
        assertTrue(foreign.startsWith("HTTP/1.1 500 "), foreign);
        assertFalse(foreign.contains("tiger"), foreign);
    }

    @Test
    void outsideOfDevelopmentNothingIsShown() throws Exception {
        compile("Broken", servlet("Broken", "throw new IOException(\"tiger\");"));
        start(false);
        assertFalse(get("/shop/broken", "").contains("tiger"));
    }

    @Test
    void changedClassesAndFilesAreThereAtTheNextRequest() throws Exception {
        compile("Hello", servlet("Hello", "r.getWriter().print(\"first\");"));
        Files.writeString(webapp.resolve("a.txt"), "one");
        start(true);
        assertTrue(get("/shop/hello", "").endsWith("\n\nfirst"));
        for (int i = 0; i < 3; i++) {
            assertTrue(get("/shop/a.txt", "").endsWith("\n\none"));
        }

        compile("Hello", servlet("Hello", "r.getWriter().print(\"second\");"));
        Files.writeString(webapp.resolve("a.txt"), "two");

        assertTrue(get("/shop/hello", "").endsWith("\n\nsecond"));
        assertTrue(get("/shop/a.txt", "").endsWith("\n\ntwo"));
        assertTrue(get("/shop/hello", "").endsWith("\n\nsecond"));
    }

    @Test
    void aContentReachesTheNewVersion() throws Exception {
        compile("Echo", echo("first "));
        start(true);
        assertTrue(post("some content").endsWith("\n\nfirst some content"));
        compile("Echo", echo("second "));
        assertTrue(post("some content").endsWith("\n\nsecond some content"));
    }

    @Test
    void aChangeThatDoesNotStartSaysWhyUntilItIsMended() throws Exception {
        compile("Hello", servlet("Hello", "r.getWriter().print(\"first\");"));
        start(true);
        assertTrue(get("/shop/hello", "").endsWith("\n\nfirst"));

        change(webapp.resolve("WEB-INF/web.xml"), "<web-app><servlet></web-app>");

        String page = get("/shop/hello", "");
        assertTrue(page.startsWith("HTTP/1.1 503 "), page);
        assertTrue(page.contains("Pounce-Error: POUNCE_APP_NOT_STARTED\n"), page);
        assertTrue(page.contains("web.xml"), page);
        assertTrue(get("/shop/other", "").startsWith("HTTP/1.1 503 "));

        change(webapp.resolve("WEB-INF/web.xml"), "<web-app/>");
        assertTrue(get("/shop/hello", "").endsWith("\n\nfirst"));
    }

    @Test
    void anApplicationThatNeverStartedSaysWhy() throws Exception {
        change(webapp.resolve("WEB-INF/web.xml"), "<web-app><servlet></web-app>");
        server = Pounce.create(config(true));
        try {
            server.deploy(webapp, "/shop");
        } catch (DeploymentException e) {
            // that is what the page is about
        }
        server.start();
        String page = get("/shop/", "");
        assertTrue(page.startsWith("HTTP/1.1 503 "), page);
        assertTrue(page.contains("web.xml"), page);
        assertTrue(get("/elsewhere", "").startsWith("HTTP/1.1 404 "));
    }

    private static String servlet(String name, String body) {
        return """
        @WebServlet("/%s")
        public class %s extends HttpServlet {
            protected void doGet(HttpServletRequest q, HttpServletResponse r) throws IOException, ServletException {
                %s
            }
        }
        """
                .formatted(name.toLowerCase(java.util.Locale.ROOT), name, body);
    }

    private static String echo(String prefix) {
        return """
        @WebServlet("/echo")
        public class Echo extends HttpServlet {
            protected void doPost(HttpServletRequest q, HttpServletResponse r) throws IOException {
                r.getWriter().print("%s" + new String(q.getInputStream().readAllBytes()));
            }
        }
        """
                .formatted(prefix);
    }

    /** Writes a source into the project and compiles it into the webapp. */
    private void compile(String name, String source) throws IOException {
        Path file = project.resolve("src/main/java/app/" + name + ".java");
        Files.createDirectories(file.getParent());
        String text =
                """
                package app;
                import dev.pounce.api.*;
                import jakarta.servlet.*;
                import jakarta.servlet.annotation.*;
                import jakarta.servlet.http.*;
                import java.io.*;

                """
                        + source;
        Files.writeString(file, text);
        Path classes = webapp.resolve("WEB-INF/classes");
        assertEquals("", Javac.compile(List.of(file), classes));
        touch(classes.resolve("app/" + name + ".class"));
    }

    private void change(Path file, String content) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
        touch(file);
    }

    /** File systems tell times apart by milliseconds, and a test may be faster. */
    private void touch(Path file) throws IOException {
        changes++;
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusSeconds(changes)));
    }

    private static ServerConfig config(boolean enabled) {
        return ServerConfig.defaults()
                .withHost("127.0.0.1")
                .withPort(0)
                .with("development.enabled", Boolean.toString(enabled));
    }

    private void start(boolean enabled) throws Exception {
        server = Pounce.create(config(enabled));
        server.deploy(webapp, "/shop");
        server.start();
    }

    private String get(String target, String further) throws IOException {
        return send(
                "GET "
                        + target
                        + " HTTP/1.1\nHost: localhost\nConnection: close\n"
                        + further
                        + "\n");
    }

    private String post(String content) throws IOException {
        return send(
                "POST /shop/echo HTTP/1.1\nHost: localhost:1\nConnection: close\nContent-Length: "
                        + content.length()
                        + "\n\n"
                        + content);
    }

    private String send(String request) throws IOException {
        try (RawClient client = new RawClient(server.port())) {
            return client.send(request).readToEnd();
        }
    }
}

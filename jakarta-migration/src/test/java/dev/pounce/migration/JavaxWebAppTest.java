package dev.pounce.migration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pounce.Pounce;
import dev.pounce.config.ServerConfig;
import dev.pounce.deploy.WebAppConverter;
import dev.pounce.testing.TestWebApp;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.CookieManager;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A webapp of Servlet 4.0 in {@code javax}, with a filter, a descriptor and a library. */
class JavaxWebAppTest {
    private static final String COUNTER =
            """
            import java.io.IOException;
            import javax.servlet.annotation.WebServlet;
            import javax.servlet.http.*;

            @WebServlet("/count")
            public class Counter extends HttpServlet {
                protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
                    HttpSession session = request.getSession();
                    Integer count = (Integer) session.getAttribute("count");
                    session.setAttribute("count", count == null ? 1 : count + 1);
                    response.getWriter().print(session.getAttribute("count") + " " + request.getAttribute("filtered")
                        + " " + javax.servlet.RequestDispatcher.FORWARD_REQUEST_URI);
                }
            }
            """;
    private static final String MARK =
            """
            import java.io.IOException;
            import javax.servlet.*;

            public class Mark implements Filter {
                public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
                        throws IOException, ServletException {
                    request.setAttribute("filtered", "yes");
                    chain.doFilter(request, response);
                }
            }
            """;
    private static final String REMOVED =
            """
            import java.io.*;
            import java.util.*;
            import javax.servlet.annotation.WebServlet;
            import javax.servlet.http.*;

            @WebServlet("/removed")
            @SuppressWarnings("deprecation")
            public class Removed extends HttpServlet implements javax.servlet.SingleThreadModel {
                protected void doGet(HttpServletRequest request, HttpServletResponse given) throws IOException {
                    HttpServletResponse response = new Wrapper(given);
                    response.setStatus(200, "fine");
                    PrintWriter out = response.getWriter();
                    out.println("real path " + new File(request.getRealPath("/page.html")).isFile());
                    out.println("from URL " + request.isRequestedSessionIdFromUrl());
                    HttpSession session = request.getSession();
                    session.putValue("name", "v");
                    String names = Arrays.toString(session.getValueNames());
                    Object value = session.getValue("name");
                    session.removeValue("name");
                    out.println("value " + value + " " + names + " " + session.getValue("name"));
                    out.println("encoded " + response.encodeUrl("/x").replaceAll(";.*", ""));
                    out.println("a " + String.join(",", HttpUtils.parseQueryString(request.getQueryString()).get("a")));
                    List<String> list = request.getQueryString() == null ? new ArrayList<>() : new LinkedList<>();
                    for (int i = 0; i < 3; i++) {
                        Object each = i > 1 ? "x" : Integer.valueOf(i);
                        list.add(request.isRequestedSessionIdFromUrl() + "" + each);
                    }
                    out.println("loop " + list.size());
                    getServletContext().log(new Exception("only logged"), "a message");
                    out.println(java.net.URI.create(HttpUtils.getRequestURL(request).toString()).getPath());
                }
            }
            """;
    private static final String WRAPPER =
            """
            import javax.servlet.http.*;

            @SuppressWarnings("deprecation")
            public class Wrapper extends HttpServletResponseWrapper {
                public Wrapper(HttpServletResponse response) { super(response); }
                public void setStatus(int status) { super.setStatus(status + 2, "by a wrapper"); }
            }
            """;
    private static final String DESCRIPTOR =
            """
            <web-app xmlns="http://xmlns.jcp.org/xml/ns/javaee" version="4.0">
              <filter><filter-name>mark</filter-name><filter-class>app.Mark</filter-class></filter>
              <filter-mapping><filter-name>mark</filter-name><url-pattern>/*</url-pattern></filter-mapping>
            </web-app>
            """;

    @TempDir Path temp;
    private WebAppConverter converter;
    private TestWebApp app;

    @BeforeEach
    void prepare() throws IOException {
        converter = ServiceLoader.load(WebAppConverter.class).findFirst().orElseThrow();
        app =
                new TestWebApp(temp.resolve("app"))
                        .file("WEB-INF/web.xml", DESCRIPTOR)
                        .file("page.html", "javax.servlet is a word here")
                        .compile(COUNTER, MARK);
    }

    private static ServerConfig config() {
        return ServerConfig.defaults().withHost("127.0.0.1").withPort(0).withWorkers(1);
    }

    private static void assertServed(Pounce server) throws Exception {
        try (HttpClient client =
                HttpClient.newBuilder().cookieHandler(new CookieManager()).build()) {
            server.start();
            HttpRequest count = HttpRequest.newBuilder(server.url().resolve("/app/count")).build();
            for (int i = 1; i <= 3; i++) {
                HttpResponse<String> answer =
                        client.send(count, HttpResponse.BodyHandlers.ofString());
                assertEquals(i + " yes jakarta.servlet.forward.request_uri", answer.body());
            }
        } finally {
            server.stop();
        }
    }

    @Test
    void whatLiesInTheFolderOfTheSettingIsConvertedOnceAndServed() throws Exception {
        Path folder = Files.createDirectories(temp.resolve("webapps-javax"));
        Path war = app.pack(folder.resolve("app.war"));
        ServerConfig config = config().with("webapps_javax", folder.toString());
        for (int start = 0; start < 2; start++) {
            Pounce server = Pounce.create(config);
            server.deploy(war, "/app");
            assertServed(server);
        }
        try (Stream<Path> converted = Files.list(folder.resolve(".converted"))) {
            assertEquals(1, converted.count());
        }
    }

    @Test
    void aFolderStaysAsItIs() throws Exception {
        Path converted = temp.resolve("converted");
        converter.convert(app.root(), converted);
        assertEquals(DESCRIPTOR, Files.readString(app.root().resolve("WEB-INF/web.xml")));
        Pounce server = Pounce.create(config());
        server.deploy(converted, "/app");
        assertServed(server);
    }

    @Test
    void whatServlet6HasRemovedIsStillCalled() throws Exception {
        app.compile(REMOVED, WRAPPER);
        Path library = app.root().resolve("WEB-INF/lib/library.jar");
        Files.createDirectories(library.getParent());
        packClass("Wrapper", library);
        Path converted = temp.resolve("converted");
        converter.convert(app.root(), converted);
        Pounce server = Pounce.create(config());
        try (HttpClient client = HttpClient.newHttpClient()) {
            server.deploy(converted, "/app");
            server.start();
            HttpRequest request =
                    HttpRequest.newBuilder(server.url().resolve("/app/removed?a=1&b=2&a=%203"))
                            .build();
            HttpResponse<String> answer =
                    client.send(request, HttpResponse.BodyHandlers.ofString());
            assertEquals(202, answer.statusCode(), answer.body());
            assertEquals(
                    """
                    real path true
                    from URL false
                    value v [name] null
                    encoded /x
                    a 1, 3
                    loop 3
                    /app/removed
                    """,
                    answer.body());
        } finally {
            server.stop();
        }
    }

    /** No entry of a library leads out of it. */
    @Test
    void aLibraryWithHostileNamesHarmsNothingElse() throws Exception {
        library("../../../evil.txt", "/evil.txt", "..\\evil.txt");
        Path folder = Files.createDirectories(temp.resolve("webapps-javax"));
        Path war = app.pack(folder.resolve("app.war"));
        Pounce server = Pounce.create(config().with("webapps_javax", folder.toString()));
        server.deploy(war, "/app");
        assertServed(server);
        try (Stream<Path> all = Files.walk(temp)) {
            assertTrue(all.noneMatch(file -> file.endsWith("evil.txt")));
        }
    }

    @Test
    void aClassThatIsBrokenIsNamed() throws Exception {
        library("a/Cut.class");
        Path target = temp.resolve("converted");
        IOException inJar =
                assertThrows(IOException.class, () -> converter.convert(app.root(), target));
        assertEquals(
                "it cannot be converted: WEB-INF/lib/library.jar!/a/Cut.class is no whole class"
                        + " file",
                inJar.getMessage());
        for (String content : List.of("", "no class")) {
            app.file("WEB-INF/classes/app/Bad.class", content);
            IOException inFolder =
                    assertThrows(IOException.class, () -> converter.convert(app.root(), target));
            assertEquals(
                    "it cannot be converted: WEB-INF/classes/app/Bad.class is no whole class file",
                    inFolder.getMessage());
        }
    }

    /** A library of entries that begin as classes do, and end there. */
    private void library(String... names) throws IOException {
        Path library = app.root().resolve("WEB-INF/lib/library.jar");
        Files.createDirectories(library.getParent());
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(library))) {
            for (String name : names) {
                zip.putNextEntry(new ZipEntry(name));
                zip.write(new byte[] {(byte) 0xca, (byte) 0xfe, (byte) 0xba, (byte) 0xbe, 0});
            }
        }
    }

    /** Moves a class of the webapp into an archive. */
    private void packClass(String name, Path library) throws IOException {
        Path file = app.root().resolve("WEB-INF/classes/app/" + name + ".class");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(library))) {
            zip.putNextEntry(new ZipEntry("app/" + name + ".class"));
            Files.copy(file, zip);
        }
        Files.delete(file);
    }

    @Test
    void theVersionNamesTheToolAndItsOwn() {
        assertTrue(
                converter
                        .version()
                        .matches(
                                "jakartaee-migration \\d+\\.\\d+\\.\\d+ TOMCAT, removed methods"
                                        + " \\d+"),
                converter.version());
    }
}

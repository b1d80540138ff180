package dev.pounce.servlet.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pounce.testing.TestWebApp;

import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;

/** Servlet specification, chapter 4: what an application knows of itself, and its files. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class Section4ContextTest {

    /** Named by a tag library. */
    public static class OfTagLibrary implements ServletContextListener {
        @Override
        public void contextInitialized(ServletContextEvent e) {
            ServletContext c = e.getServletContext();
            c.setAttribute("tag library", Cases.thrown(() -> c.setSessionTimeout(1)));
        }
    }

    @WebServlet("/*")
    public static class Asked extends Cases {
        private static final long serialVersionUID = 1L;

        void version(HttpServletRequest q, HttpServletResponse r) throws IOException {
            ServletContext c = getServletContext();
            print(
                    r,
                    c.getMajorVersion() + "." + c.getMinorVersion(),
                    c.getEffectiveMajorVersion() + "." + c.getEffectiveMinorVersion(),
                    c.getServletContextName(),
                    c.getSessionTimeout(),
                    c.getRequestCharacterEncoding());
        }

        void jsp(HttpServletRequest q, HttpServletResponse r) throws IOException {
            print(
                    r,
                    getServletContext()
                            .getJspConfigDescriptor()
                            .getTaglibs()
                            .iterator()
                            .next()
                            .getTaglibURI());
        }

        void files(HttpServletRequest q, HttpServletResponse r) throws IOException {
            ServletContext c = getServletContext();
            Set<String> below = new TreeSet<>(c.getResourcePaths("/d"));
            URL url = c.getResource("/d/library.txt");
            try (InputStream in = c.getResourceAsStream("/d/own.txt");
                    InputStream other = url.openStream()) {
                print(
                        r,
                        below,
                        new String(in.readAllBytes(), StandardCharsets.UTF_8),
                        new String(other.readAllBytes(), StandardCharsets.UTF_8),
                        c.getResource("/none"),
                        c.getResourcePaths("/none"),
                        c.getResourceAsStream("/none"),
                        c.getResourceAsStream("/d"),
                        thrown(() -> c.getResource("d/own.txt")),
                        thrown(() -> c.getResource(null)),
                        c.getResourcePaths("d"),
                        c.getRealPath("/../../etc"),
                        Files.exists(Path.of(c.getRealPath("/d/own.txt"))),
                        Files.exists(Path.of(c.getRealPath("/d/library.txt"))));
            }
        }

        void types(HttpServletRequest q, HttpServletResponse r) throws IOException {
            ServletContext c = getServletContext();
            print(
                    r,
                    c.getMimeType("a.OWN"),
                    c.getMimeType("a.html"),
                    c.getMimeType("a.unknown"),
                    c.getMimeType(null));
        }

        void listener(HttpServletRequest q, HttpServletResponse r) throws IOException {
            print(r, getServletContext().getAttribute("tag library"));
        }

        void container(HttpServletRequest q, HttpServletResponse r) throws IOException {
            print(r, getServletContext().getAttribute(ServersInitializer.CALLED));
        }
    }

    private DeployedApp app;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        TestWebApp webapp =
                DeployedApp.webapp(folder.resolve("app"))
                        .classes(Section4ContextTest.class, Cases.class)
                        .file("d/own.txt", "own")
                        .file(
                                "WEB-INF/web.xml",
                                """
                                <web-app version="4.0">
                                  <display-name>Asked</display-name>
                                  <context-param>
                                    <param-name>%s</param-name><param-value>yes</param-value>
                                  </context-param>
                                  <session-config><session-timeout>7</session-timeout></session-config>
                                  <mime-mapping>
                                    <extension>own</extension><mime-type>text/own</mime-type>
                                  </mime-mapping>
                                  <request-character-encoding>UTF-8</request-character-encoding>
                                  <jsp-config><taglib><taglib-uri>u</taglib-uri>
                                    <taglib-location>/WEB-INF/u.tld</taglib-location>
                                  </taglib></jsp-config>
                                </web-app>
                                """
                                        .formatted(ServersInitializer.CALLED));
        new Library(folder.resolve("library"))
                .file("META-INF/resources/d/library.txt", "library")
                .file("META-INF/resources/d/own.txt", "hidden")
                .file(
                        "META-INF/t.tld",
                        "<taglib><listener><listener-class>"
                                + OfTagLibrary.class.getName()
                                + "</listener-class></listener></taglib>")
                .file("META-INF/broken.tld", "<taglib>")
                .into(webapp, "l.jar");
        app = DeployedApp.start(webapp);
    }

    @AfterAll
    void stop() throws Exception {
        app.close();
    }

    @Test
    void section4_3TheEffectiveVersionIsThatOfTheDescriptor() throws Exception {
        assertEquals("6.1 4.0 Asked 7 UTF-8\n", app.content("/version"));
    }

    @Test
    void section4_6FilesComeFromTheApplicationAndItsLibraries() throws Exception {
        assertEquals(
                "[/d/library.txt, /d/own.txt] own library null null null null"
                        + " MalformedURLException MalformedURLException null null true true\n",
                app.content("/files"));
    }

    @Test
    void section4_6MediaTypesAreTheApplicationsBeforeTheServers() throws Exception {
        assertEquals("text/own text/html null null\n", app.content("/types"));
    }

    @Test
    void section4_4TheDescriptorsJspConfigurationIsShown() throws Exception {
        assertEquals("u\n", app.content("/jsp"));
    }

    @Test
    void section4_4AListenerOfATagLibraryMayNotConfigure() throws Exception {
        assertEquals("UnsupportedOperationException\n", app.content("/listener"));
    }

    @Test
    void section8_2_4InitializersOfTheServerAreCalledForEachApplication() throws Exception {
        assertEquals("called\n", app.content("/container"));
    }
}

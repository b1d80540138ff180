package dev.pounce.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.pounce.api.FusedRequest;
import dev.pounce.testing.Javac;
import dev.pounce.testing.TestWebApp;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;

/** Servlet specification, section 10.7.2. */
class WebAppLoaderTest {
    @TempDir Path temp;
    private WebAppLoader loader;

    @BeforeEach
    void open() throws Exception {
        TestWebApp app = new TestWebApp(temp).compile("public class Own { }");
        copy("dev/pounce/api/FusedRequest.class");
        copy("org/slf4j/Marker.class");
        app.file("WEB-INF/classes/META-INF/services/x.Y", "own");
        loader = WebAppLoader.of("test", temp, List.of(), getClass().getClassLoader());
    }

    private void copy(String name) throws Exception {
        Path target = temp.resolve("WEB-INF/classes").resolve(name);
        Files.createDirectories(target.getParent());
        try (var in = getClass().getClassLoader().getResourceAsStream(name)) {
            Files.copy(in, target);
        }
    }

    @AfterEach
    void close() throws Exception {
        loader.close();
    }

    @Test
    void theApiComesFromOutsideThoughTheAppBundlesIt() throws Exception {
        assertSame(FusedRequest.class, loader.loadClass("dev.pounce.api.FusedRequest"));
        assertEquals(
                FusedRequest.class.getResource("FusedRequest.class"),
                loader.getResource("dev/pounce/api/FusedRequest.class"));
    }

    @Test
    void theApiOfPagesComesWithTheirEngine() throws Exception {
        Path page = temp.resolve("page");
        Files.createDirectories(page);
        Files.writeString(
                page.resolve("Page.java"),
                "package jakarta.servlet.jsp; public interface Page { int N = 1; }");
        assertEquals(
                "",
                Javac.compile(List.of(page.resolve("Page.java")), temp.resolve("WEB-INF/classes")));
        assertSame(loader, loader.loadClass("jakarta.servlet.jsp.Page").getClassLoader());
        assertNotNull(loader.getResource("jakarta/servlet/jsp/Page.class"));
    }

    @Test
    void theAppsOwnClassesGoBeforeTheContainers() throws Exception {
        assertSame(loader, loader.loadClass("app.Own").getClassLoader());
        assertSame(loader, loader.loadClass("org.slf4j.Marker").getClassLoader());
    }

    @Test
    void theContainersClassesAndResourcesAreHidden() throws Exception {
        for (String name :
                List.of(
                        "org.slf4j.Logger",
                        "dev.pounce.server.HttpServer",
                        "org.jboss.jandex.Index")) {
            assertThrows(ClassNotFoundException.class, () -> loader.loadClass(name), name);
            assertNull(loader.getResource(name.replace('.', '/') + ".class"), name);
        }
        List<?> services = Collections.list(loader.getResources("META-INF/services/x.Y"));
        assertEquals(1, services.size());
    }

    @Test
    void thePlatformIsVisible() throws Exception {
        assertSame(java.sql.Connection.class, loader.loadClass("java.sql.Connection"));
        assertSame(javax.sql.DataSource.class, loader.loadClass("javax.sql.DataSource"));
        assertNotNull(loader.getResource("java/lang/Object.class"));
    }
}

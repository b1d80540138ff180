package dev.pounce.servlet.deploy;

import dev.pounce.testing.TestWebApp;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A library for a webapp, built by a test. */
final class Library {
    static final String INITIALIZERS =
            "META-INF/services/jakarta.servlet.ServletContainerInitializer";

    private final TestWebApp content;

    /** Compiles classes of the package {@code app}; the folder is for the library alone. */
    Library(Path folder, String... sources) throws IOException {
        DeployedApp.webapp(folder, sources);
        content = new TestWebApp(folder.resolve("WEB-INF/classes"));
    }

    Library file(String name, String text) throws IOException {
        content.file(name, text);
        return this;
    }

    /** Says what the library's web-fragment.xml has. */
    Library fragment(String elements) throws IOException {
        return file("META-INF/web-fragment.xml", "<web-fragment>" + elements + "</web-fragment>");
    }

    /** Packs it into WEB-INF/lib. */
    void into(TestWebApp app, String name) throws IOException {
        content.pack(Files.createDirectories(app.root().resolve("WEB-INF/lib")).resolve(name));
    }
}

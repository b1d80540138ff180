package dev.pounce.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pounce.testing.TestWebApp;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

class FusedScannerTest {
    @TempDir Path temp;

    private FusedHandlers scan(TestWebApp app) throws Exception {
        WebAppLoader loader =
                WebAppLoader.of("test", app.root(), List.of(), getClass().getClassLoader());
        try {
            return FusedScanner.scan(
                    WebAppSource.index(ClassIndex.of(app.root(), List.of())), loader);
        } finally {
            loader.close();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    public class A { @Fused("/x") public int x() { return 1; } }                   | it returns int
                    public class A { @Fused("/x") public byte[][] x() { return null; } }           | it returns byte[][]
                    public class A { @Fused("/x") public String x(String s) { return s; } }        | it must take no argument or one
                    public class A { @Fused("/x") String x() { return ""; } }                      | it must be public
                    public class A { @Fused("/x") public static String x() { return ""; } }        | not static
                    class A { @Fused("/x") public String x() { return ""; } }                      | its class must be public
                    public abstract class A { @Fused("/x") public String x() { return ""; } }      | neither abstract
                    public class A { public A(int i) {} @Fused("/x") public String x() { return ""; } } | public constructor without arguments
                    public class A { public A() { throw new IllegalStateException("boom"); } @Fused("/x") public String x() { return ""; } } | boom
                    public class A { @Fused("x") public String x() { return ""; } }                | must begin with /
                    public class A { @Fused(value = "/x", methods = "G T") public String x() { return ""; } } | "G T" is no method
                    public class A { @Fused(value = "/x", methods = {}) public String x() { return ""; } } | answers no method
                    public class A { @Fused(value = "/x", fields = "nocolon") public String x() { return ""; } } | must be "Name: value"
                    public class A { @Fused(value = "/x", fields = {"A: 1", "a: 2"}) public String x() { return ""; } } | twice
                    public class A { @Fused(value = "/x", fields = "content-length: 1") public String x() { return ""; } } | is set by the server
                    public class A { @Fused(value = "/x", fields = "A b: 1") public String x() { return ""; } } | must be a token
                    """)
    void aMethodThatCannotBeAHandlerIsNamedWithTheReason(String source, String reason)
            throws Exception {
        TestWebApp app = new TestWebApp(temp).compile(source);

        String message = assertThrows(DeploymentException.class, () -> scan(app)).getMessage();

        assertTrue(message.startsWith("@Fused method app.A.x: "), message);
        assertTrue(message.contains(reason), message);
    }

    @Test
    void aClassThatRefersToAMissingTypeDoesNoHarm() throws Exception {
        TestWebApp app =
                new TestWebApp(temp)
                        .compile(
                                "public class Gone { }",
                                "public class Uses extends Gone { public Gone gone; }",
                                """
                                public class Good {
                                    @Fused("/x") public String x() { return "x"; }
                                    public void other(Gone gone) { }
                                }
                                """);
        Files.delete(temp.resolve("WEB-INF/classes/app/Gone.class"));
        Files.write(temp.resolve("WEB-INF/classes/app/Garbage.class"), new byte[] {1, 2, 3});

        assertEquals(1, scan(app).routes().size());
    }

    @Test
    void handlersInJarsAreFoundAndTheClassThatWouldBeLoadedCounts() throws Exception {
        String source = "public class A { @Fused(\"/%s\") public String x() { return \"%s\"; } }";
        TestWebApp jar = new TestWebApp(temp.resolve("jar"));
        jar.compile(
                source.formatted("jar", "jar"),
                "public class B { @Fused(\"/b\") public byte[] b() { return null; } }");
        TestWebApp app =
                new TestWebApp(temp.resolve("app")).compile(source.formatted("own", "own"));
        Files.createDirectories(temp.resolve("app/WEB-INF/lib"));
        new TestWebApp(temp.resolve("jar/WEB-INF/classes"))
                .pack(temp.resolve("app/WEB-INF/lib/b.jar"));

        WebAppLoader loader =
                WebAppLoader.of("test", app.root(), List.of(), getClass().getClassLoader());
        try (loader;
                FusedHandlers handlers =
                        FusedScanner.scan(
                                WebAppSource.index(ClassIndex.of(app.root(), List.of())), loader)) {
            assertEquals(2, handlers.routes().size());
            assertEquals("app.A.x", handlers.routes().get(0).name());
            assertEquals("app.B.b", handlers.routes().get(1).name());
            assertTrue(handlers.routes().get(0).pattern().toString().contains("/own"));
            assertEquals(Set.of("GET"), handlers.routes().get(1).methods());
            assertEquals(
                    Map.of("Content-Type", "application/octet-stream"),
                    handlers.routes().get(1).fields());
        }
    }
}

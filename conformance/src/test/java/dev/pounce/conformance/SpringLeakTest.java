package dev.pounce.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pounce.Pounce;
import dev.pounce.config.ServerConfig;
import dev.pounce.deploy.AppName;
import dev.pounce.testing.Await;
import dev.pounce.testing.RawClient;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import javax.management.ObjectName;

/** A Spring MVC application that is deployed, used and removed leaves no class loader alive. */
@Timeout(1200)
class SpringLeakTest {
    private static final AppName SPRING = AppName.of("/spring");
    private static final Pattern LOADERS =
            Pattern.compile("(?m)^ *\\d+: +(\\d+) +\\d+ +dev\\.pounce\\.deploy\\.WebAppLoader$");
    private static final AtomicReference<byte[]> IMPOSSIBLE = new AtomicReference<>();

    /** With {@code -Dpounce.leak.rounds=50} it takes minutes. */
    private static final int ROUNDS = Integer.getInteger("pounce.leak.rounds", 3);

    @Test
    void noClassLoaderIsAliveOfASpringApplicationThatWasUndeployed() throws Exception {
        Path app = OwnWebApps.folder("spring-mvc");
        clearSoftReferences();
        long others = loaders();
        Pounce server =
                Pounce.create(
                        ServerConfig.defaults().withHost("127.0.0.1").withPort(0).withWorkers(1));
        server.start();
        try {
            for (int i = 0; i < ROUNDS; i++) {
                server.deploy(app, SPRING);
                use(server.port());
                if (i == 0) {
                    assertEquals(
                            others + 1, loaders(), "what is looked for is found while it is there");
                }
                assertTrue(server.undeploy(SPRING));
            }
            Await.until(
                    () -> {
                        clearSoftReferences();
                        return loaders() <= others;
                    });
        } finally {
            server.stop();
        }
    }

    /**
     * What is only softly reachable, in the caches of the platform for instance, is no leak: the
     * JVM drops it before it runs out of memory, which an array that cannot be is reason enough
     * for.
     */
    private static void clearSoftReferences() {
        try {
            IMPOSSIBLE.set(new byte[Integer.MAX_VALUE - 8]);
        } catch (OutOfMemoryError e) {
            return;
        } finally {
            IMPOSSIBLE.set(null);
        }
    }

    /** Class loaders of webapps in a histogram of the heap, for which the JVM collects garbage. */
    private static long loaders() throws Exception {
        Object histogram =
                ManagementFactory.getPlatformMBeanServer()
                        .invoke(
                                new ObjectName("com.sun.management:type=DiagnosticCommand"),
                                "gcClassHistogram",
                                new Object[] {new String[0]},
                                new String[] {String[].class.getName()});
        Matcher found = LOADERS.matcher((String) histogram);
        return found.find() ? Long.parseLong(found.group(1)) : 0;
    }

    private static void use(int port) throws Exception {
        try (RawClient client = new RawClient(port)) {
            client.send("GET /spring/ HTTP/1.1\nHost: localhost\nConnection: close\n\n");
            assertEquals("HTTP/1.1 200 ", client.readToEnd().substring(0, 13));
        }
        try (RawClient client = new RawClient(port)) {
            client.send(
                    """
                    POST /spring/api/notes HTTP/1.1
                    Host: localhost
                    Content-Type: application/json
                    Content-Length: 15
                    Connection: close

                    {"text":"note"}\
                    """);
            assertTrue(client.readToEnd().startsWith("HTTP/1.1 2"));
        }
    }
}

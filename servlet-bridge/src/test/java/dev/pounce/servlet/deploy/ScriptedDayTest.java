package dev.pounce.servlet.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pounce.launcher.Main;
import dev.pounce.testing.Await;
import dev.pounce.testing.LaunchedServer;
import dev.pounce.testing.LoadClient;
import dev.pounce.testing.LoadClient.Outcome;
import dev.pounce.testing.RawClient;
import dev.pounce.testing.TestWebApp;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;

/**
 * What a person does with a server all day, by way of its directory alone, while clients count:
 * drop, change, break, mend, drop another version, remove.
 */
@Timeout(120)
class ScriptedDayTest {
    private static final int CONNECTIONS = 8;

    private static final String FUSED =
            """
            public class Quick {
                public Quick() { START }
                @dev.pounce.api.Fused("/quick")
                public String quick() { return "NAME"; }
                @dev.pounce.api.Fused(value = "/blocking", blocking = true)
                public String blocking() throws InterruptedException {
                    Thread.sleep(1);
                    return "NAME";
                }
            }
            """;

    private static final String SERVLET =
            """
            @WebServlet({"/name", "/count", "/end"})
            public class Shop extends HttpServlet {
                @Override
                protected void doGet(HttpServletRequest request, HttpServletResponse response)
                        throws IOException {
                    String text = "NAME";
                    if (request.getServletPath().equals("/count")) {
                        HttpSession session = request.getSession();
                        Integer count = (Integer) session.getAttribute("count");
                        session.setAttribute("count", count == null ? 1 : count + 1);
                        text += " " + session.getAttribute("count");
                    } else if (request.getServletPath().equals("/end")) {
                        request.getSession().invalidate();
                    }
                    response.setContentLength(text.length());
                    response.getWriter().print(text);
                }
            }
            """;

    @TempDir Path temp;
    private final Queue<String> log = new ConcurrentLinkedQueue<>();
    private Path webapps;
    private int port;
    private String cookie = "";

    private TestWebApp build(Path folder, String name, String start) throws IOException {
        return DeployedApp.webapp(
                        folder,
                        FUSED.replace("NAME", name).replace("START", start),
                        SERVLET.replace("NAME", name))
                .file("page.html", "page");
    }

    private String get(String path, String furtherLines) throws IOException {
        try (RawClient client = new RawClient(port)) {
            client.send(
                    "GET /shop"
                            + path
                            + " HTTP/1.1\nHost: h\nConnection: close\n"
                            + furtherLines
                            + "\n");
            String answer = client.readToEnd();
            if (answer.contains("Set-Cookie: ")) {
                cookie = answer.replaceFirst("(?s).*Set-Cookie: ([^;]*);.*", "Cookie: $1\n");
            }
            return answer.substring(9, 12) + " " + answer.substring(answer.indexOf("\n\n") + 2);
        }
    }

    private void awaitAnswer(String expected) throws Exception {
        Await.until(() -> get("/name", "").equals(expected));
    }

    /** Waits for a line, and forgets it and those before it. */
    private void awaitLog(String... parts) throws Exception {
        Await.until(() -> log.stream().anyMatch(line -> hasAll(line, parts)));
        while (!hasAll(String.valueOf(log.poll()), parts)) {
            continue;
        }
    }

    private static boolean hasAll(String line, String... parts) {
        return Arrays.stream(parts).allMatch(line::contains);
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path each : all.toList()) {
                Path target = to.resolve(from.relativize(each).toString());
                if (Files.isDirectory(each)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(each, target, StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }

    @Test
    void noRequestIsLostAndTheLogSaysWhatHappens() throws Exception {
        webapps = Files.createDirectory(temp.resolve("webapps"));
        try (LaunchedServer server =
                new LaunchedServer(
                        Main.class,
                        webapps,
                        List.of(
                                "--set=deployment.quiet=100ms",
                                "--set=deployment.scan=20ms",
                                "--set=timeouts.undeploy=60s"),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "-Dorg.slf4j.simpleLogger.log.dev.pounce.deploy=info",
                        "-Dorg.slf4j.simpleLogger.showThreadName=false")) {
            Thread.ofVirtual()
                    .start(() -> server.process().errorReader().lines().forEach(log::add));
            port = server.awaitPort();
            LoadClient clients = live();
            assertEquals(clients.count(Outcome.WHOLE), total(clients), clients::toString);
            assertEquals(List.of(), clients.failures());
        } catch (AssertionError | Exception e) {
            e.addSuppressed(new IllegalStateException("the log:\n" + String.join("\n", log)));
            throw e;
        }
    }

    private static int total(LoadClient clients) {
        return Arrays.stream(Outcome.values()).mapToInt(clients::count).sum();
    }

    private LoadClient live() throws Exception {
        drop();
        LoadClient clients =
                new LoadClient(port, 100)
                        .start(
                                CONNECTIONS,
                                "/shop/quick",
                                "/shop/blocking",
                                "/shop/name",
                                "/shop/page.html");
        try {
            assertTrue(clients.awaitBusy(), clients::toString);
            change();
            breakAndMend();
            runTwoVersions();
        } finally {
            clients.stop().join();
        }
        remove();
        return clients;
    }

    private void drop() throws Exception {
        copy(build(temp.resolve("built"), "one", "").root(), webapps.resolve("shop"));
        awaitLog("Deployed ", "/webapps/shop at /shop/ in ");
        assertEquals("200 one", get("/name", ""));
        assertEquals("200 one 1", get("/count", ""));
    }

    private void change() throws Exception {
        for (String name : List.of("two", "three", "four")) {
            build(webapps.resolve("shop"), name, "");
            awaitAnswer("200 " + name);
            awaitLog("Redeployed ", "/webapps/shop at /shop/ in ");
            awaitLog("The version before of /shop/ has ended");
        }
        assertEquals("200 four 2", get("/count", cookie));
    }

    private void breakAndMend() throws Exception {
        build(webapps.resolve("shop"), "five", "if (true) throw new Error(\"no database\");");
        awaitLog("/webapps/shop is not deployed: ", "no database", "; /shop/ is served as it was");
        assertEquals("200 four", get("/name", ""));
        assertEquals("200 four 3", get("/count", cookie));
        build(webapps.resolve("shop"), "six", "");
        awaitAnswer("200 six");
        awaitLog("Redeployed ");
        assertEquals("200 six 4", get("/count", cookie));
    }

    private void runTwoVersions() throws Exception {
        String old = cookie;
        byte[] war =
                Files.readAllBytes(
                        build(temp.resolve("seven"), "seven", "").pack(temp.resolve("seven.war")));
        Path copied = webapps.resolve("shop##7.war");
        Files.write(copied, Arrays.copyOf(war, war.length / 2));
        awaitLog("shop##7.war is not deployed: it is no complete zip file");
        assertEquals("200 six", get("/name", ""));
        Files.write(
                copied,
                Arrays.copyOfRange(war, war.length / 2, war.length),
                StandardOpenOption.APPEND);
        awaitAnswer("200 seven");
        awaitLog("Deployed ", "shop##7.war at /shop/##7 in ");
        assertEquals("200 six 5", get("/count", old));
        assertEquals("200 seven 1", get("/count", ""));
        assertEquals("200 six", get("/end", old));
        awaitLog("/shop/ has no sessions any more and ends");
        awaitLog("The version before of /shop/ has ended");
        assertEquals("200 seven", get("/name", old));
    }

    private void remove() throws Exception {
        delete(webapps.resolve("shop"));
        Files.delete(webapps.resolve("shop##7.war"));
        awaitLog("Undeployed ", "shop##7.war from /shop/##7");
        assertEquals("404", get("/name", "").substring(0, 3));
        assertEquals(404, Integer.parseInt(get("/name", cookie).substring(0, 3)));
    }
}

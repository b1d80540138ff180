package dev.pounce.load;

import dev.pounce.Pounce;
import dev.pounce.config.ServerConfig;
import dev.pounce.servlet.deploy.DeployedApp;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A server in a process of its own whose servlet at {@code /app/hold} processes requests
 * asynchronously until {@code /app/end} is asked for.
 */
final class AsyncServer extends LoadProcess {
    private static final String HOLDING =
            """
            @WebServlet(urlPatterns = "/hold", asyncSupported = true)
            public class Holding extends HttpServlet {
                static final List<AsyncContext> HELD = Collections.synchronizedList(new ArrayList<>());
                protected void service(HttpServletRequest q, HttpServletResponse r) {
                    AsyncContext c = q.startAsync();
                    c.setTimeout(0);
                    HELD.add(c);
                }
            }
            """;

    private static final String ENDING =
            """
            @WebServlet("/end")
            public class Ending extends HttpServlet {
                protected void service(HttpServletRequest q, HttpServletResponse r) throws IOException {
                    for (AsyncContext each : Holding.HELD) {
                        HttpServletRequest request = (HttpServletRequest) each.getRequest();
                        each.getResponse().getWriter().print("ended " + request.getQueryString());
                        each.complete();
                    }
                    Holding.HELD.clear();
                }
            }
            """;

    private static final String COUNTING =
            """
            @WebServlet("/count")
            public class Counting extends HttpServlet {
                protected void service(HttpServletRequest q, HttpServletResponse r) throws IOException {
                    r.getWriter().print(Holding.HELD.size());
                }
            }
            """;

    private static final List<String> OPTIONS =
            List.of(
                    "-Xmx1g",
                    "-XX:+UseParallelGC",
                    "-XX:+UseCompactObjectHeaders",
                    "--enable-native-access=ALL-UNNAMED",
                    "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn");

    private final int port;

    /** Starts one, whose application is compiled into a folder. */
    AsyncServer(Path folder) throws IOException {
        super(
                AsyncServer.class,
                OPTIONS,
                List.of(
                        DeployedApp.webapp(folder, HOLDING, ENDING, COUNTING).root().toString(),
                        folder.resolveSibling("threads.txt").toString()));
        port = Integer.parseInt(expect("listening "));
    }

    int port() {
        return port;
    }

    /** How many platform threads it has. */
    int platformThreads() throws IOException {
        for (String line :
                Files.readAllLines(Path.of("/proc", Long.toString(process().pid()), "status"))) {
            if (line.startsWith("Threads:")) {
                return Integer.parseInt(line.substring(8).strip());
            }
        }
        throw new IOException("no number of threads");
    }

    /** How many virtual threads it has. */
    int virtualThreads() throws IOException {
        send("virtual");
        return Integer.parseInt(expect("virtual "));
    }

    int connections() throws IOException {
        send("connections");
        return Integer.parseInt(expect("connections "));
    }

    Histogram histogram() throws IOException {
        return Histogram.of(process().pid());
    }

    /** The process. */
    public static void main(String[] args) throws Exception {
        ServerConfig config =
                ServerConfig.defaults()
                        .withHost("127.0.0.1")
                        .withPort(0)
                        .with("limits.connections", "20000")
                        .with("keep_alive.timeout", "1h");
        Pounce server = Pounce.create(config);
        server.deploy(Path.of(args[0]), "/app");
        server.start();
        System.out.println("listening " + server.port());
        try (var commands = reader()) {
            for (String command = commands.readLine();
                    command != null;
                    command = commands.readLine()) {
                System.out.println(
                        switch (command) {
                            case "connections" -> "connections " + server.server().connections();
                            case "virtual" -> "virtual " + virtualThreads(Path.of(args[1]));
                            default -> throw new IllegalArgumentException(command);
                        });
            }
        }
        System.exit(0);
    }

    private static long virtualThreads(Path dump) throws IOException {
        Files.deleteIfExists(dump);
        var diagnostics =
                java.lang.management.ManagementFactory.getPlatformMXBean(
                        com.sun.management.HotSpotDiagnosticMXBean.class);
        diagnostics.dumpThreads(
                dump.toString(),
                com.sun.management.HotSpotDiagnosticMXBean.ThreadDumpFormat.TEXT_PLAIN);
        return Files.readAllLines(dump).stream()
                .filter(line -> line.startsWith("#") && line.contains(" virtual"))
                .count();
    }
}

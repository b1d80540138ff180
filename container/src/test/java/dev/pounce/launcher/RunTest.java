package dev.pounce.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pounce.testing.LaunchedServer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

@DisabledOnOs(OS.WINDOWS)
@Timeout(60)
class RunTest {

    @TempDir Path webapps;

    private final List<LaunchedServer> started = new ArrayList<>();

    @BeforeEach
    void addApps() throws IOException {
        Files.createDirectory(webapps.resolve("ROOT"));
        Files.createDirectory(webapps.resolve("shop"));
    }

    @AfterEach
    void end() {
        started.forEach(LaunchedServer::close);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TERM", "INT"})
    void aSignalStopsTheServerWithStatusZero(String signal) throws Exception {
        LaunchedServer server = start("none");
        Process process = server.process();
        BufferedReader output = process.inputReader();
        String line = output.readLine();
        assertTrue(
                line.matches("Pounce \\S+ serves http://127\\.0\\.0\\.1:[1-9]\\d*: / /shop"), line);

        server.send(signal);

        assertEquals(List.of("stopped"), output.lines().toList());
        assertEquals(0, process.waitFor());
    }

    @Test
    void aSecondSignalExitsAtOnce() throws Exception {
        LaunchedServer server = start("stop");
        Process process = server.process();
        BufferedReader output = process.inputReader();
        output.readLine();
        server.send("TERM");
        assertEquals("holding at stop", output.readLine());

        server.send("INT");

        assertEquals(128 + 2, process.waitFor());
        assertEquals(List.of(), output.lines().toList());
    }

    @Test
    void aSignalDuringTheStartStopsInAnOrderlyWay() throws Exception {
        LaunchedServer server = start("deploy");
        Process process = server.process();
        BufferedReader output = process.inputReader();
        assertEquals("holding at deploy", output.readLine());
        server.send("TERM");
        String log = process.errorReader().readLine();
        assertTrue(log.contains("SIGTERM: stopping"), log);

        process.outputWriter().append('\n').close();

        assertEquals("stopped", output.lines().toList().getLast());
        assertEquals(0, process.waitFor());
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aTakenPortIsAFailedStartThatNamesWhoHasIt() throws Exception {
        try (ServerSocket other = new ServerSocket(0)) {
            int port = other.getLocalPort();
            assertEquals(
                    """
                    stopped
                    pounce: cannot listen on 127.0.0.1 port %d: Address already in use, by \
                    process %d (java) (port: --port; --port chooses another)
                    """
                            .formatted(port, ProcessHandle.current().pid()),
                    failedStart("--host=127.0.0.1", "--port=" + port));
        }
    }

    @Test
    void anAddressOfAnotherMachineIsAFailedStart() {
        String output = failedStart("--host=192.0.2.1", "--port=0");
        assertTrue(
                output.startsWith("stopped\npounce: cannot listen on 192.0.2.1 port 0: "), output);
    }

    @Test
    void aServerThatBreaksIsStoppedAndTheStatusIsNotZero() throws Exception {
        LaunchedServer server = start("break");
        Process process = server.process();
        assertEquals(List.of("stopped"), process.inputReader().lines().toList());
        assertEquals(1, process.waitFor());
        String log = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(log.contains("java.lang.NoClassDefFoundError: broken"), log);
    }

    /** What a start that fails prints, in the order of printing. */
    private String failedStart(String... flags) {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        PrintStream print = new PrintStream(output, true, StandardCharsets.UTF_8);
        ServerHandle.Factory servers = config -> new SocketServer(config, print);
        List<String> args = new ArrayList<>(List.of("run", "--webapps=" + webapps));
        args.addAll(List.of(flags));
        Map<String, String> environment = Map.of("POUNCE_BASE", webapps.toString());
        Launcher launcher = new Launcher(environment, servers, print, print);
        assertEquals(1, launcher.run(args.toArray(String[]::new)));
        return output.toString(StandardCharsets.UTF_8);
    }

    private LaunchedServer start(String hold) throws IOException {
        LaunchedServer server =
                new LaunchedServer(
                        SocketServer.class, webapps, "-XX:TieredStopAtLevel=1", "-Dhold=" + hold);
        started.add(server);
        return server;
    }
}

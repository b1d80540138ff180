package dev.pounce.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import java.util.concurrent.TimeUnit;

@DisabledOnOs(OS.WINDOWS)
@Timeout(60)
class RunTest {

    @TempDir Path webapps;

    private final List<Process> started = new ArrayList<>();

    @BeforeEach
    void addApps() throws IOException {
        Files.createDirectory(webapps.resolve("ROOT"));
        Files.createDirectory(webapps.resolve("shop"));
    }

    @AfterEach
    void end() {
        started.forEach(Process::destroyForcibly);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TERM", "INT"})
    void aSignalStopsTheServerWithStatusZero(String signal) throws Exception {
        Process process = start("none");
        BufferedReader output = process.inputReader();
        String line = output.readLine();
        assertTrue(
                line.matches("Pounce \\S+ serves http://127\\.0\\.0\\.1:[1-9]\\d*: / /shop"), line);

        send(signal, process);

        assertEquals(List.of("stopped"), output.lines().toList());
        assertEquals(0, process.waitFor());
    }

    @Test
    void aSecondSignalExitsAtOnce() throws Exception {
        Process process = start("stop");
        BufferedReader output = process.inputReader();
        output.readLine();
        send("TERM", process);
        assertEquals("holding at stop", output.readLine());

        send("INT", process);

        assertEquals(128 + 2, process.waitFor());
        assertEquals(List.of(), output.lines().toList());
    }

    @Test
    void aSignalDuringTheStartStopsInAnOrderlyWay() throws Exception {
        Process process = start("deploy");
        BufferedReader output = process.inputReader();
        assertEquals("holding at deploy", output.readLine());
        send("TERM", process);
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
        Process process = start("break");
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
        Launcher launcher = new Launcher(Map.of(), servers, print, print);
        assertEquals(1, launcher.run(args.toArray(String[]::new)));
        return output.toString(StandardCharsets.UTF_8);
    }

    private Process start(String hold) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Dhold=" + hold,
                        "-cp",
                        System.getProperty("java.class.path"),
                        SocketServer.class.getName(),
                        "run",
                        "--host=127.0.0.1",
                        "--port=0",
                        "--webapps=" + webapps);
        builder.environment().keySet().removeIf(name -> name.startsWith("POUNCE_"));
        Process process = builder.start();
        started.add(process);
        return process;
    }

    private static void send(String signal, Process process) throws Exception {
        Process kill =
                new ProcessBuilder("kill", "-s", signal, Long.toString(process.pid()))
                        .inheritIO()
                        .start();
        assertTrue(kill.waitFor(10, TimeUnit.SECONDS) && kill.exitValue() == 0);
    }
}

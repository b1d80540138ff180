package dev.pounce.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pounce.process.PidFile;
import dev.pounce.process.ProcessIdentity;
import dev.pounce.process.RunFolder;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** {@code start}, {@code stop}, {@code restart}, {@code status} and commands to what they start. */
@DisabledOnOs(OS.WINDOWS)
@Timeout(120)
class BackgroundTest {
    private static final String FLAG = "--host=127.0.0.1";

    @TempDir Path temp;

    private Path base;
    private RunFolder folder;
    private final Map<String, String> environment = new HashMap<>();

    record Result(int status, String out, String err) {}

    @BeforeEach
    void install() throws IOException {
        temp = temp.toRealPath();
        base = temp.resolve("a base");
        folder = new RunFolder(base);
        Files.createDirectories(base.resolve("webapps/ROOT"));
        installServer("");
        environment.put("PATH", System.getenv("PATH"));
        environment.put("POUNCE_HOME", temp.resolve("a home").toString());
        environment.put("POUNCE_BASE", base.toString());
    }

    /** A script in the place of bin/pounce that is a server which only listens. */
    private void installServer(String option) throws IOException {
        Path script = temp.resolve("a home/bin/pounce");
        Files.createDirectories(script.getParent());
        Files.writeString(
                script,
                "#!/bin/sh\nexport POUNCE_BASE='%s'\nexec '%s' -XX:TieredStopAtLevel=1 %s -cp '%s' %s \"$@\"\n"
                        .formatted(
                                base,
                                Path.of(System.getProperty("java.home"), "bin", "java"),
                                option,
                                System.getProperty("java.class.path"),
                                SocketServer.class.getName()));
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @AfterEach
    void end() throws IOException {
        PidFile file = folder.server().orElse(null);
        if (file != null && file.process().isRunning()) {
            ProcessHandle.of(file.process().pid()).ifPresent(ProcessHandle::destroyForcibly);
        }
    }

    @Test
    void aServerIsStartedAskedAndStopped() throws Exception {
        assertEquals(new Result(3, "no server runs from " + base + "\n", ""), run("status"));

        Result started = run("start", FLAG, "--port=0");

        assertEquals(0, started.status(), started.toString());
        long pid = folder.server().orElseThrow().process().pid();
        assertTrue(
                started.out()
                        .matches(
                                "Pounce \\S+ serves http://127\\.0\\.0\\.1:\\d+: / \\(process "
                                        + pid
                                        + ", log .*/a base/logs/pounce\\.log\\)\n"),
                started.toString());
        Result status = run("status");
        assertEquals(0, status.status());
        assertTrue(status.out().contains("serves http://127.0.0.1:"), status.out());
        assertTrue(status.out().contains("(process " + pid + ", since "), status.out());
        Result again = run("start");
        assertEquals(0, again.status());
        assertTrue(again.err().contains("runs already, as process " + pid), again.err());

        assertEquals(new Result(0, "stopped process " + pid + "\n", ""), run("stop"));

        assertFalse(Files.exists(folder.pidFile()));
        assertFalse(Files.exists(base.resolve("run/control.sock")));
        assertEquals(3, run("status").status());
        assertEquals(new Result(0, "no server runs from " + base + "\n", ""), run("stop"));
    }

    @Test
    void applicationsAreListedDeployedReloadedAndUndeployed() throws Exception {
        assertEquals(3, run("list").status());
        run("start", FLAG, "--port=0");
        Path shop = Files.createDirectories(temp.resolve("a shop"));

        assertEquals(
                """
                PATH  STATE    SINCE                 REQUESTS  SESSIONS  FROM
                /     running  1970-01-01T00:00:00Z  1         2         /apps
                """,
                run("list").out());
        assertEquals(
                new Result(0, "deployed " + shop + " at /shop/\n", ""),
                run("deploy", shop.toString(), "/shop"));
        assertEquals(
                new Result(1, "", "pounce: " + temp.resolve("none") + " is no folder\n"),
                run("deploy", temp.resolve("none").toString()));
        assertEquals(
                """
                [
                {"host": "default", "context_path": "", "version": "", "state": "running", "since": "1970-01-01T00:00:00Z", "requests": 1, "sessions": 2, "from": "/apps", "reason": null},
                {"host": "default", "context_path": "/shop", "version": "", "state": "running", "since": "1970-01-01T00:00:00Z", "requests": 1, "sessions": 2, "from": "/apps/shop", "reason": null}
                ]
                """,
                run("list", "--json").out());
        assertEquals(new Result(0, "redeployed /shop/\n", ""), run("reload", "/shop"));
        assertEquals(new Result(0, "undeployed /shop/\n", ""), run("undeploy", "/shop"));
        assertEquals(
                new Result(1, "", "pounce: nothing is deployed at /shop/\n"),
                run("undeploy", "/shop"));
    }

    @Test
    void aReloadSaysWhatHasChangedAndWhatIsWrong() throws Exception {
        run("start", FLAG, "--port=0");
        Path file = Files.createDirectories(base.resolve("conf")).resolve("pounce.yaml");
        Files.writeString(file, "keep_alive:\n  timeout: 7s\n");
        Result changed = run("reload");
        assertEquals(0, changed.status());
        assertTrue(changed.out().startsWith("keep_alive.timeout: 5s -> 7s ("), changed.out());
        Files.writeString(file, "keep_alive:\n  timeut: 7s\n");
        Result wrong = run("reload");
        assertEquals(1, wrong.status());
        assertTrue(wrong.err().contains("did you mean keep_alive.timeout?"), wrong.err());
    }

    @Test
    void onlyTheUserOfTheServerCanReachIt() throws Exception {
        Files.createDirectories(base.resolve("run"));
        Files.setPosixFilePermissions(
                base.resolve("run"), PosixFilePermissions.fromString("rwxrwxrwx"));
        run("start", FLAG, "--port=0");
        assertEquals("rwx------", permissions(base.resolve("run")));
        assertEquals("rw-------", permissions(base.resolve("run/control.sock")));
    }

    private static String permissions(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    @Test
    void aBaseWhosePathIsTooLongForASocketHasItElsewhere() throws Exception {
        base = temp.resolve("b".repeat(60)).resolve("c".repeat(60));
        folder = new RunFolder(base);
        Files.createDirectories(base.resolve("webapps/ROOT"));
        installServer("");
        environment.put("POUNCE_BASE", base.toString());
        assertEquals(0, run("start", FLAG, "--port=0").status());
        Path socket = folder.server().orElseThrow().control();
        assertFalse(socket.startsWith(base), socket.toString());
        assertEquals("rwx------", permissions(socket.getParent()));
        assertEquals(0, run("list").status());
        assertEquals(0, run("stop").status());
        assertFalse(Files.exists(socket.getParent()));
    }

    @Test
    void aStartThatFailsShowsTheLogsLastLines() throws Exception {
        run("start", FLAG, "--port=0");
        String url = run("status").out().replaceFirst("(?s).*:(\\d+): .*", "$1");
        Path other = base;
        base = temp.resolve("another base");
        Files.createDirectories(base.resolve("webapps/ROOT"));
        installServer("");
        environment.put("POUNCE_BASE", base.toString());

        Result result = run("start", FLAG, "--port=" + url);

        assertEquals(1, result.status(), result.toString());
        assertTrue(
                result.err().startsWith("pounce: the server has ended with status 1; the end of"),
                result.err());
        assertTrue(
                result.err().contains("    pounce: cannot listen on 127.0.0.1 port " + url),
                result.err());
        assertEquals(3, run("status").status());
        environment.put("POUNCE_BASE", other.toString());
    }

    @Test
    void aWrongConfigurationIsToldWithoutAStart() throws Exception {
        Result result = run("start", "--set", "port=many");
        assertEquals(2, result.status());
        assertTrue(result.err().contains("port: \"many\" is not an integer"), result.err());
        assertFalse(Files.exists(base.resolve("logs")));
    }

    @Test
    void aServerThatWasKilledIsRecognised() throws Exception {
        run("start", FLAG, "--port=0");
        long pid = folder.server().orElseThrow().process().pid();
        ProcessHandle killed = ProcessHandle.of(pid).orElseThrow();
        killed.destroyForcibly();
        killed.onExit().get(30, TimeUnit.SECONDS);

        Result status = run("status");

        assertEquals(1, status.status(), status.toString());
        assertTrue(
                status.out().contains("process " + pid + " has ended without stopping"),
                status.out());
        assertEquals(3, run("list").status());
        Result started = run("start", FLAG, "--port=0");
        assertEquals(0, started.status(), started.toString());
        assertTrue(started.err().contains("has ended without stopping"), started.err());
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void anotherProcessWithTheNumberIsNotTakenForTheServer() throws Exception {
        folder.create();
        long pid = ProcessHandle.current().pid();
        new PidFile(
                        new ProcessIdentity(pid, "an earlier start"),
                        base.resolve("run/control.sock"),
                        temp,
                        List.of())
                .write(folder.pidFile());

        Result status = run("status");

        assertEquals(1, status.status());
        assertTrue(status.out().contains("another process has its number now"), status.out());
        assertEquals(0, run("stop").status());
        assertTrue(ProcessHandle.current().isAlive());
        assertEquals(0, run("start", FLAG, "--port=0").status());
    }

    @Test
    void aRestartHasTheFlagsOfTheStart() throws Exception {
        run("start", FLAG, "--port=0", "--set=keep_alive.timeout=9s");
        PidFile before = folder.server().orElseThrow();

        Result restarted = run("restart");

        assertEquals(0, restarted.status(), restarted.toString());
        PidFile after = folder.server().orElseThrow();
        assertFalse(before.process().equals(after.process()));
        assertEquals(List.of(FLAG, "--port=0", "--set=keep_alive.timeout=9s"), after.flags());
        assertFalse(before.process().isRunning());
    }

    @Test
    void aStopThatTakesTooLongSaysSoAndForceKills() throws Exception {
        installServer("-Dhold=stop");
        run("start", FLAG, "--port=0", "--set=timeouts.shutdown=0");
        long pid = folder.server().orElseThrow().process().pid();

        Result forced = run("stop", "--force");

        assertEquals(0, forced.status(), forced.toString());
        assertTrue(
                forced.err()
                        .matches(
                                "pounce: process "
                                        + pid
                                        + " has not stopped in \\d+ s and was killed\n"),
                forced.err());
        assertEquals(1, run("status").status());
    }

    @Test
    void aSecondServerOfTheBaseIsRefusedInTheBackground() throws Exception {
        run("start", FLAG, "--port=0");
        Process second =
                new ProcessBuilder(temp.resolve("a home/bin/pounce").toString(), "run", "--port=0")
                        .redirectErrorStream(true)
                        .directory(temp.toFile())
                        .start();
        // in the foreground it runs, without a control socket
        String line = second.inputReader().readLine();
        assertTrue(line.contains("another server of this base runs as process"), line);
        second.destroy();
        ProcessBuilder background =
                new ProcessBuilder(temp.resolve("a home/bin/pounce").toString(), "run", "--port=0")
                        .redirectErrorStream(true);
        background.environment().put("POUNCE_BACKGROUND", "1");
        Process third = background.start();
        String said = new String(third.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(1, third.waitFor(), said);
        assertTrue(said.contains("cannot start: another server of this base runs"), said);
        assertEquals(0, run("status").status());
    }

    private Result run(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int status =
                new Launcher(
                                environment,
                                config -> {
                                    throw new IllegalStateException("no server here");
                                },
                                new PrintStream(out, true, StandardCharsets.UTF_8),
                                new PrintStream(err, true, StandardCharsets.UTF_8))
                        .run(arguments);
        return new Result(
                status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}

package dev.pounce.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pounce.bench.app.Burn;
import dev.pounce.bench.app.Coding;
import dev.pounce.bench.app.Work;
import dev.pounce.bench.peer.Abilities;
import dev.pounce.bench.peer.ModuleFiles;
import dev.pounce.bench.peer.Peer;
import dev.pounce.bench.peer.Peers;
import dev.pounce.bench.peer.Purpose;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

class PeersTest {

    private static final ModuleFiles FILES =
            new ModuleFiles(Path.of(System.getProperty("pounce.root"), "benchmarks"));

    @TempDir private Path logs;

    @TestFactory
    @EnabledOnOs(OS.LINUX)
    Stream<DynamicTest> eachServerThatCanRunGivesTheRightAnswers() {
        return peers().stream()
                .map(peer -> DynamicTest.dynamicTest(peer.name(), () -> startAndCheck(peer)));
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void slowAnswersUseTheirTimeInAServerWithSettings() throws InterruptedException {
        List<Peer> peers =
                Peers.besideSlowNeighbours(FILES, List.of(List.of("keep_alive.timeout=9s")));
        assertEquals(
                List.of(
                        "pounce",
                        "pounce-servlet",
                        "tomcat-platform",
                        "jetty-platform",
                        "tomcat-virtual",
                        "jetty-virtual",
                        "undertow"),
                peers.stream().map(Peer::name).toList());
        try (ServerProcess server = start(peers.getFirst())) {
            AnswerCheck.check("pounce", server.port(), Scenario.KEPT_ALIVE);
            double before = server.cpuMicros(CpuTime.ofThisMachine());
            for (int i = 0; i < 3; i++) {
                Neighbours.check("pounce", server.port());
            }
            double used = server.cpuMicros(CpuTime.ofThisMachine()) - before;
            assertTrue(used > 2 * Burn.MICROS, "three slow answers took " + used + " µs");
        }
    }

    private static List<Peer> peers() {
        return Peers.all(FILES, List.of());
    }

    /**
     * All scenarios of a server, a few events in each of its codings, and the slow answer of
     * servlets.
     */
    private void startAndCheck(Peer peer) throws Exception {
        assumeTrue(peer.obstacle().isEmpty());
        try (ServerProcess server = start(peer)) {
            for (Scenario scenario : Scenario.values()) {
                if (Participants.of(List.of(peer), scenario).peers().contains(peer)) {
                    AnswerSize size = AnswerCheck.check(peer.name(), server.port(), scenario);
                    assertTrue(size.bytes() > 13, scenario + ": " + size);
                }
            }
            for (Coding coding : Coding.values()) {
                if (Participants.ofEvents(List.of(peer), coding).peers().contains(peer)) {
                    assertEquals(3, EventReader.delays(server.port(), coding, 3).length);
                }
            }
            if (peer.abilities().works().contains(Work.SERVLET)) {
                Neighbours.check(peer.name(), server.port());
            }
            assertTrue(server.cpuMicros(CpuTime.ofThisMachine()) >= 0);
            assertTrue(ProcessMemory.resident(server.pid()) > 0);
        }
    }

    private ServerProcess start(Peer peer) throws InterruptedException {
        return ServerProcess.start(peer, logs, Purpose.CHECK);
    }

    @Test
    void namesAreUniqueAndFitTheCommandLine() {
        List<String> names = peers().stream().map(Peer::name).toList();
        assertEquals(names.stream().distinct().toList(), names);
        names.forEach(name -> assertTrue(name.matches("[a-z0-9-]+"), name));
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aServerThatDoesNotComeUpIsToldWithItsLog() {
        Peer broken = peer("echo no free port >&2; echo ready; exit 3");
        BenchmarkException error = assertThrows(BenchmarkException.class, () -> start(broken));
        assertTrue(error.getMessage().contains("broken did not come up"), error.getMessage());
        assertTrue(error.getMessage().endsWith("no free port\n"), error.getMessage());
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aServerThatEndsByItselfIsTold() throws InterruptedException {
        ServerProcess server = start(peer("echo listening 1"));
        server.close();
        BenchmarkException error =
                assertThrows(BenchmarkException.class, () -> server.cpuMicros(new CpuTime(1)));
        assertTrue(error.getMessage().startsWith("broken has ended"), error.getMessage());
    }

    private static Peer peer(String script) {
        return new Peer() {
            @Override
            public String name() {
                return "broken";
            }

            @Override
            public String description() {
                return "A shell script";
            }

            @Override
            public Abilities abilities() {
                throw new UnsupportedOperationException("nobody asks");
            }

            @Override
            public List<String> command(Purpose purpose) {
                return List.of("sh", "-c", script);
            }
        };
    }
}

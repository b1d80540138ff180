package dev.pounce.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pounce.bench.peer.Burn;
import dev.pounce.bench.peer.ModuleFiles;
import dev.pounce.bench.peer.Peer;
import dev.pounce.bench.peer.Peers;

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
    Stream<DynamicTest> eachServerThatCanRunGivesTheRightAnswer() {
        return Peers.all(FILES).stream()
                .map(peer -> DynamicTest.dynamicTest(peer.name(), () -> startAndCheck(peer)));
    }

    @TestFactory
    @EnabledOnOs(OS.LINUX)
    Stream<DynamicTest> eachServerBesideSlowNeighboursGivesShortAndSlowAnswers() {
        return Peers.besideSlowNeighbours(FILES, List.of(List.of("keep_alive.timeout=9s"))).stream()
                .map(peer -> DynamicTest.dynamicTest(peer.name(), () -> startAndCheckSlow(peer)));
    }

    private void startAndCheckSlow(Peer peer) throws InterruptedException {
        try (ServerProcess server = ServerProcess.start(peer, logs)) {
            AnswerCheck.check(peer.name(), server.port());
            double before = server.cpuMicros(CpuTime.ofThisMachine());
            for (int i = 0; i < 3; i++) {
                Neighbours.check(peer.name(), server.port());
            }
            double used = server.cpuMicros(CpuTime.ofThisMachine()) - before;
            assertTrue(used > 2 * Burn.MICROS, "three slow answers took " + used + " µs");
        }
    }

    private void startAndCheck(Peer peer) throws InterruptedException {
        assumeTrue(peer.obstacle().isEmpty());
        try (ServerProcess server = ServerProcess.start(peer, logs)) {
            int size = AnswerCheck.check(peer.name(), server.port());
            assertTrue(size > 13, "size " + size);
            assertTrue(server.cpuMicros(CpuTime.ofThisMachine()) >= 0);
        }
    }

    @Test
    void namesAreUniqueAndFitTheCommandLine() {
        List<String> names = Peers.all(FILES).stream().map(Peer::name).toList();
        assertEquals(names.stream().distinct().toList(), names);
        names.forEach(name -> assertTrue(name.matches("[a-z0-9-]+"), name));
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aServerThatDoesNotComeUpIsToldWithItsLog() {
        Peer broken = peer("echo no free port >&2; echo ready; exit 3");
        BenchmarkException error =
                assertThrows(BenchmarkException.class, () -> ServerProcess.start(broken, logs));
        assertTrue(error.getMessage().contains("broken did not come up"), error.getMessage());
        assertTrue(error.getMessage().endsWith("no free port\n"), error.getMessage());
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aServerThatEndsByItselfIsTold() throws InterruptedException {
        ServerProcess server = ServerProcess.start(peer("echo listening 1"), logs);
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
            public List<String> command() {
                return List.of("sh", "-c", script);
            }
        };
    }
}

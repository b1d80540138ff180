package dev.pounce.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

@DisabledOnOs(OS.WINDOWS)
@Timeout(60)
class ControlServerTest {
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final Commands ECHO = words -> new Answer(words.size(), String.join("|", words));

    @TempDir Path folder;

    @Test
    void wordsArriveAsTheyWereGiven() throws Exception {
        try (ControlServer server = ControlServer.open(socket(), ECHO, LONG)) {
            List<String> words = List.of("deploy", "/a folder/50% + ä\n", "", "/");
            assertEquals(
                    new Answer(4, "deploy|/a folder/50% + ä\n||/"),
                    ControlClient.ask(socket(), words));
        }
        assertThrows(IOException.class, () -> ControlClient.ask(socket(), List.of("list")));
    }

    @Test
    void theLinesAreThese() throws Exception {
        try (ControlServer server = ControlServer.open(socket(), ECHO, LONG)) {
            assertEquals(
                    """
                    pounce-control 1 2
                    undeploy|/my shop\
                    """,
                    exchange("pounce-control 1 undeploy %2Fmy+shop\n"));
        }
    }

    @Test
    void whatIsNoRequestIsAnsweredAndTheNextOneServed() throws Exception {
        try (ControlServer server = ControlServer.open(socket(), ECHO, LONG)) {
            String other = exchange("pounce-control 2 list\n");
            assertTrue(other.startsWith("pounce-control 1 1\n"), other);
            assertTrue(other.contains("version 2 is spoken at the other end"), other);
            assertTrue(exchange("GET / HTTP/1.1\n").contains("not a line of pounce-control"));
            assertTrue(exchange("pounce-control 1 %zz\n").contains("not percent-encoded"));
            String longest = exchange("pounce-control 1 " + "x".repeat(65_520));
            assertTrue(longest.contains("longer than 65536 bytes"), longest);
            assertEquals(new Answer(1, "list"), ControlClient.ask(socket(), List.of("list")));
        }
    }

    @Test
    void aFailureOfACommandIsAnswered() throws Exception {
        Commands failing =
                words -> {
                    throw new IllegalStateException("broken");
                };
        try (ControlServer server = ControlServer.open(socket(), failing, LONG)) {
            Answer answer = ControlClient.ask(socket(), List.of("list"));
            assertEquals(1, answer.status());
            assertTrue(answer.text().contains("broken"), answer.text());
        }
    }

    @Test
    void aConnectionThatSaysNothingIsClosed() throws Exception {
        try (ControlServer server = ControlServer.open(socket(), ECHO, Duration.ofMillis(10));
                SocketChannel silent = SocketChannel.open(UnixDomainSocketAddress.of(socket()))) {
            assertEquals(-1, Channels.newInputStream(silent).read());
        }
    }

    @Test
    void commandsThatWaitDoNotKeepOthersFromBeingAnswered() throws Exception {
        CountDownLatch waiting = new CountDownLatch(8);
        CountDownLatch goOn = new CountDownLatch(1);
        Commands slow =
                words -> {
                    if (words.getFirst().equals("wait")) {
                        waiting.countDown();
                        goOn.await();
                    }
                    return Answer.done(words.getFirst());
                };
        try (ControlServer server = ControlServer.open(socket(), slow, LONG)) {
            List<Thread> clients = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                clients.add(Thread.ofVirtual().start(() -> ask("wait")));
            }
            waiting.await();
            assertEquals("list", ask("list").text());
            goOn.countDown();
            for (Thread client : clients) {
                client.join();
            }
        }
    }

    @Test
    void whatAServerThatWasKilledHasLeftIsReplaced() throws Exception {
        try (ServerSocketChannel killed = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            killed.bind(UnixDomainSocketAddress.of(socket()));
        }
        assertTrue(Files.exists(socket()));
        try (ControlServer server = ControlServer.open(socket(), ECHO, LONG);
                Stream<Path> files = Files.list(folder)) {
            assertEquals(1, files.count());
            assertEquals("list", ask("list").text());
        }
        assertFalse(Files.exists(socket()), "one that was closed leaves nothing");
    }

    private Answer ask(String word) {
        try {
            return ControlClient.ask(socket(), List.of(word));
        } catch (IOException e) {
            return Answer.failed(e.toString());
        }
    }

    private Path socket() {
        return folder.resolve("control.sock");
    }

    private String exchange(String request) throws IOException {
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket()))) {
            try {
                channel.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.UTF_8)));
            } catch (IOException e) {
                // it has heard enough
            }
            return new String(
                    Channels.newInputStream(channel).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}

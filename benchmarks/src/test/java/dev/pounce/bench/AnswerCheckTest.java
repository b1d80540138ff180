package dev.pounce.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import static java.nio.charset.StandardCharsets.US_ASCII;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

class AnswerCheckTest {

    private static final String RIGHT =
            """
            HTTP/1.1 200 OK
            Content-Type: text/plain
            Content-Length: 13
            Date: Mon, 23 Nov 2026 03:32:13 GMT

            Hello, World!\
            """
                    .replace("\n", "\r\n");

    @Test
    void theRightAnswerPassesAndItsSizeIsTold() throws IOException {
        assertEquals(new AnswerSize(RIGHT.length(), true), check(RIGHT));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    200 OK                   | 404 Not Found
                    Content-Length: 13       | Content-Length: 12
                    Content-Length: 13       | Transfer-Encoding: chunked
                    text/plain               | text/html
                    Date:                    | X-Date:
                    Date:                    | Connection: close\\r\\nDate:
                    Hello, World!            | Hello, Worlds
                    """)
    void aWrongAnswerIsToldWithTheServersName(String right, String wrong) throws IOException {
        String answer = RIGHT.replace(right, wrong.replace("\\r\\n", "\r\n"));
        BenchmarkException error = assertThrows(BenchmarkException.class, () -> check(answer));
        assertTrue(error.getMessage().startsWith("wanting gives a wrong"), error.getMessage());
    }

    @Test
    void aConnectionThatEndsEarlyIsAnError() {
        assertThrows(BenchmarkException.class, () -> check("HTTP/1.1 200 OK\r\n"));
        assertThrows(BenchmarkException.class, () -> check(""));
    }

    /** Checks a server that gives this answer to every request and stops at an incomplete one. */
    private static AnswerSize check(String answer) throws IOException {
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread.startVirtualThread(() -> serve(listener, answer));
            return AnswerCheck.check("wanting", listener.getLocalPort(), Scenario.PIPELINED);
        }
    }

    private static void serve(ServerSocket listener, String answer) {
        try (Socket socket = listener.accept()) {
            BufferedReader reader =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII));
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (line.isEmpty()) {
                    socket.getOutputStream().write(answer.getBytes(US_ASCII));
                    if (!answer.contains("\r\n\r\n")) {
                        return;
                    }
                }
            }
        } catch (IOException e) {
            // The check has seen enough and closed the connection.
        }
    }
}

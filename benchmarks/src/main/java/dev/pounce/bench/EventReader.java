package dev.pounce.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.pounce.bench.app.Coding;
import dev.pounce.bench.app.TimedEvent;
import dev.pounce.bench.app.Work;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;

/** Reads one event stream and looks at the clock whenever an event is whole. */
final class EventReader {

    private static final int TIMEOUT_MILLIS = 10_000;
    private static final int BUFFER = 8 << 10;

    private final StringBuilder line = new StringBuilder();
    private final long[] delays;
    private int count;
    private long made;

    private EventReader(int events) {
        delays = new long[events];
    }

    /**
     * Reads a stream to its end.
     *
     * @return for each event the nanoseconds from when it was made to when it was decoded
     * @throws IOException when it is not what was asked for
     */
    static long[] delays(int port, Coding coding, int events) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            String request =
                    "GET "
                            + Work.EVENTS.target()
                            + "?count="
                            + events
                            + " HTTP/1.1\r\nHost: 127.0.0.1:"
                            + port
                            + "\r\nAccept: text/event-stream\r\n"
                            + (coding == Coding.IDENTITY
                                    ? ""
                                    : "Accept-Encoding: " + coding.label() + "\r\n")
                            + "\r\n";
            socket.getOutputStream().write(request.getBytes(US_ASCII));
            InputStream in = new BufferedInputStream(socket.getInputStream());
            String head = HttpAnswer.readHead(in);
            String expected = coding == Coding.IDENTITY ? "" : coding.label();
            if (!head.startsWith("HTTP/1.1 200")
                    || !HttpAnswer.field(head, "content-encoding").equals(expected)) {
                throw new IOException("not 200 or not in " + coding.label() + ":\n" + head);
            }
            EventReader reader = new EventReader(events);
            reader.readAll(HttpAnswer.decoder(coding, new ChunkedInput(in)));
            return reader.delays;
        }
    }

    private void readAll(InputStream decoded) throws IOException {
        byte[] buffer = new byte[BUFFER];
        for (int read = decoded.read(buffer); read >= 0; read = decoded.read(buffer)) {
            long now = System.nanoTime();
            for (int i = 0; i < read; i++) {
                take((char) buffer[i], now);
            }
        }
        if (count != delays.length) {
            throw new IOException(count + " events where " + delays.length + " were asked for");
        }
    }

    private void take(char next, long now) throws IOException {
        if (next != '\n') {
            line.append(next);
            return;
        }
        if (line.isEmpty()) {
            if (count == delays.length || made == 0) {
                throw new IOException("an event too much or without a time");
            }
            delays[count++] = now - made;
            made = 0;
        } else if (line.indexOf(TimedEvent.DATA) == 0) {
            int from = TimedEvent.DATA.length();
            made = Long.parseLong(line, from, line.indexOf(" ", from), 10);
        }
        line.setLength(0);
    }
}

package dev.pounce.bench;

import dev.pounce.bench.app.Coding;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;

/**
 * The reader of event streams, a process of its own that lives as long as the comparison: what it
 * decodes with is warm then. For each line {@code port coding streams events} of its standard input
 * it reads so many streams and writes a line with what it saw.
 */
public final class EventClient {

    /** Events at the beginning of a stream that do not count: the connection is being made. */
    private static final int SKIPPED = 10;

    private static final long STAGGER_NANOS = 1_100_000;

    private EventClient() {}

    /** Runs until the end of standard input. */
    public static void main(String[] args) throws Exception {
        BufferedReader orders =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        for (String line = orders.readLine(); line != null; line = orders.readLine()) {
            String[] words = line.split(" ");
            System.out.println(
                    read(
                            Integer.parseInt(words[0]),
                            Coding.valueOf(words[1]),
                            Integer.parseInt(words[2]),
                            Integer.parseInt(words[3])));
        }
    }

    private static String read(int port, Coding coding, int streams, int events)
            throws InterruptedException {
        List<Future<long[]>> readers = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(streams)) {
            for (int i = 0; i < streams; i++) {
                readers.add(threads.submit(() -> EventReader.delays(port, coding, events)));
                LockSupport.parkNanos(STAGGER_NANOS);
            }
            LongStream all = LongStream.empty();
            for (Future<long[]> reader : readers) {
                all = LongStream.concat(all, LongStream.of(reader.get()).skip(SKIPPED));
            }
            return EventDelays.of(all.toArray()).line();
        } catch (ExecutionException e) {
            return "failed: "
                    + (e.getCause() instanceof IOException cause ? cause.getMessage() : e);
        }
    }
}

package tasks;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.StreamingOutput;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;

import org.glassfish.jersey.server.ChunkedOutput;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Answers that come later, and answers that come in pieces. */
@Path("/later")
public final class LaterResource {
    private static final Queue<AsyncResponse> WAITING = new ConcurrentLinkedQueue<>();
    private static final Queue<SseEventSink> READERS = new ConcurrentLinkedQueue<>();

    /** Waits until somebody says something. */
    @GET
    @Produces("text/plain")
    public void next(@Suspended AsyncResponse response) {
        WAITING.add(response);
    }

    /** Tells everybody who waits; the answer is how many. */
    @POST
    @Produces("text/plain")
    public int say(String text, @Context Sse sse) {
        int told = 0;
        for (AsyncResponse each; (each = WAITING.poll()) != null; ) {
            each.resume(text);
            told++;
        }
        for (SseEventSink each : READERS) {
            each.send(sse.newEvent(text));
            told++;
        }
        return told;
    }

    @GET
    @Path("/waiting")
    @Produces("text/plain")
    public int waiting() {
        return WAITING.size() + READERS.size();
    }

    /** An event for each text that somebody says. */
    @GET
    @Path("/events")
    @Produces("text/event-stream")
    public void events(@Context SseEventSink sink) {
        READERS.add(sink);
    }

    /** Ends all event streams. */
    @POST
    @Path("/close")
    public void close() throws IOException {
        for (SseEventSink each; (each = READERS.poll()) != null; ) {
            each.close();
        }
    }

    /** Pieces from a thread of its own. */
    @GET
    @Path("/pieces")
    @Produces("text/plain")
    public ChunkedOutput<String> pieces(@QueryParam("count") int count) {
        ChunkedOutput<String> output = new ChunkedOutput<>(String.class, "\n");
        Thread.ofVirtual()
                .start(
                        () -> {
                            try (output) {
                                for (int i = 0; i < count; i++) {
                                    output.write("piece " + i);
                                }
                            } catch (IOException e) {
                                throw new java.io.UncheckedIOException(e);
                            }
                        });
        return output;
    }

    /** Lines from the thread of the request. */
    @GET
    @Path("/lines")
    @Produces("text/plain")
    public StreamingOutput lines(@QueryParam("count") int count) {
        return out -> {
            for (int i = 0; i < count; i++) {
                out.write(("line " + i + "\n").getBytes(StandardCharsets.UTF_8));
            }
        };
    }

    /** Fails before anything was answered. */
    @GET
    @Path("/broken")
    public void broken(@Suspended AsyncResponse response) {
        Thread.ofVirtual().start(() -> response.resume(new MissingException(7)));
    }
}

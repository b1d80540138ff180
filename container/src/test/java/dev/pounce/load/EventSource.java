package dev.pounce.load;

import dev.pounce.exchange.Exchange;
import dev.pounce.exchange.Response;
import dev.pounce.route.Handler;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Phaser;

/**
 * Event streams that all send their next event when they are told to. Each stream is a party of a
 * phaser: a phase is over when every stream has sent the event of that phase.
 */
final class EventSource implements Handler {
    /** The length of the first event, which takes all that an encoder has; the others are small. */
    private static final int FIRST = 24 << 10;

    private static final int OTHERS = 900;

    /** The one party that is no stream says when to go on. */
    private final Phaser phaser = new Phaser(1);

    /** A stream's event. */
    static String event(int number) {
        StringBuilder event = new StringBuilder("id: " + number + "\n");
        int length = number == 0 ? FIRST : OTHERS;
        for (int i = number; event.length() < length; i++) {
            event.append("data: {\"symbol\": \"P")
                    .append(Math.floorMod(i * 31, 97))
                    .append("\", \"price\": ")
                    .append(Math.floorMod(i * 7919, 100_003))
                    .append(", \"volume\": ")
                    .append(Math.floorMod(i * 104_729, 1_000_003))
                    .append("}\n");
        }
        return event.append('\n').toString();
    }

    @Override
    public void handle(Exchange exchange) throws IOException {
        Response response = exchange.response();
        response.fields().set("Content-Type", "text/event-stream");
        phaser.register();
        try {
            response.flush();
            for (int number = 0; ; number++) {
                phaser.arriveAndAwaitAdvance();
                byte[] event = event(number).getBytes(StandardCharsets.US_ASCII);
                response.write(event, 0, event.length);
                response.flush();
            }
        } finally {
            phaser.arriveAndDeregister();
        }
    }

    /** The streams that wait for the next event or are about to. */
    int streams() {
        return phaser.getRegisteredParties() - 1;
    }

    /** Has every stream send its next event, and waits until all have. */
    void next() {
        phaser.arriveAndAwaitAdvance();
        while (phaser.getUnarrivedParties() > 1) {
            Thread.onSpinWait();
        }
    }
}

package dev.pounce.exchange;

import dev.pounce.protocol.ReasonPhrases;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** The minimal response to a request that nobody else can answer. */
public final class ErrorResponse {
    /** The field that has the stable code of an error that the server itself made. */
    public static final String CODE_FIELD = "Pounce-Error";

    private static final String RETRY_AFTER_SECONDS = "5";

    private ErrorResponse() {}

    /**
     * Answers with a status, a line of text and a stable code. What was buffered is dropped; fields
     * that were set, for instance Allow, are kept. A 503 says when to try again.
     *
     * @param code a code of the error catalogue
     * @throws IllegalStateException when the response is committed
     */
    public static void send(Response response, int status, String code) throws IOException {
        response.resetBuffer();
        response.contentLength(-1);
        response.fields().remove("Content-Length");
        response.status(status);
        response.fields().remove("Content-Encoding");
        response.fields().set(CODE_FIELD, code);
        if (status == 503 && !response.fields().contains("Retry-After")) {
            response.fields().add("Retry-After", RETRY_AFTER_SECONDS);
        }
        if (status == 204 || status == 304) {
            response.finish();
            return;
        }
        response.fields().set("Content-Type", "text/plain; charset=utf-8");
        String line = status + " " + ReasonPhrases.of(status) + "\n";
        response.finish(line.getBytes(StandardCharsets.UTF_8));
    }
}

package dev.pounce.samples;

import dev.pounce.api.Fused;
import dev.pounce.api.FusedRequest;
import dev.pounce.api.HttpStatusException;

/** Sends back what it gets. */
public final class Echo {

    /** The content of a POST. */
    @Fused(value = "/echo", methods = "POST")
    public byte[] echo(FusedRequest request) {
        byte[] content = request.body();
        if (content.length == 0) {
            throw new HttpStatusException(400, "Send some content, for instance with curl -d.\n");
        }
        return content;
    }
}

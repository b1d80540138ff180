package dev.pounce.samples;

import dev.pounce.api.Fused;
import dev.pounce.api.FusedRequest;

/** The smallest handlers: text, text with a variable of the path, JSON. */
public final class Hello {

    /** A constant. */
    @Fused("/hello")
    public String hello() {
        return "Hello from a fused handler\n";
    }

    /** A variable of the path. */
    @Fused("/hello/{name}")
    public String helloTo(FusedRequest request) {
        return "Hello " + request.pathVariable("name") + "\n";
    }

    /** JSON as text, and a field of one's own. */
    @Fused(
            value = "/message.json",
            contentType = "application/json",
            fields = "Cache-Control: no-store")
    public String message() {
        return "{\"message\":\"Hello, World!\"}";
    }
}

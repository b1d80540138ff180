package dev.pounce.servlet.dispatch;

import dev.pounce.servlet.context.ServletEntry;
import dev.pounce.servlet.http.BridgeRequest;
import dev.pounce.servlet.parts.MultipartParts;
import dev.pounce.servlet.parts.PartSource;

import org.jspecify.annotations.Nullable;

import java.io.InputStream;
import java.util.Objects;

/** A request as the source of its parts; it is given once it is made. */
final class RequestParts implements PartSource {
    private @Nullable BridgeRequest request;

    void of(BridgeRequest made) {
        request = made;
    }

    private BridgeRequest request() {
        return Objects.requireNonNull(request);
    }

    @Override
    public @Nullable String contentType() {
        return request().getContentType();
    }

    @Override
    public long contentLength() {
        return request().getContentLengthLong();
    }

    @Override
    public @Nullable String charset() {
        return request().getCharacterEncoding();
    }

    @Override
    public InputStream content() {
        return request().contentStream();
    }

    /** The parts that a servlet takes of this request. */
    MultipartParts forServlet(ServletEntry servlet, RequestScopes application) {
        return new MultipartParts(
                this, servlet.multipart(), application.partBounds(), application.workFolder());
    }
}

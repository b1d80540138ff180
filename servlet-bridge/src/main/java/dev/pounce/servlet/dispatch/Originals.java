package dev.pounce.servlet.dispatch;

import dev.pounce.servlet.http.BridgeRequest;
import dev.pounce.servlet.http.BridgeResponse;

import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.ServletResponseWrapper;

/** Finds the container's own request and response inside an application's wrappers. */
final class Originals {
    private Originals() {}

    /**
     * @throws IllegalArgumentException when it is neither ours nor a wrapper (Servlet
     *     specification, section 9.2)
     */
    static BridgeRequest of(ServletRequest request) {
        ServletRequest inner = request;
        while (inner instanceof ServletRequestWrapper wrapper) {
            inner = wrapper.getRequest();
        }
        if (inner instanceof BridgeRequest original) {
            return original;
        }
        throw new IllegalArgumentException(
                "the request must be the one that the servlet was called with, or a"
                        + " ServletRequestWrapper around it");
    }

    /**
     * @throws IllegalArgumentException when it is neither ours nor a wrapper
     */
    static BridgeResponse of(ServletResponse response) {
        ServletResponse inner = response;
        while (inner instanceof ServletResponseWrapper wrapper) {
            inner = wrapper.getResponse();
        }
        if (inner instanceof BridgeResponse original) {
            return original;
        }
        throw new IllegalArgumentException(
                "the response must be the one that the servlet was called with, or a"
                        + " ServletResponseWrapper around it");
    }

    /** The applications that a request is in. */
    static Visits visits(BridgeRequest request) {
        return ((Visit) request.dispatch().application()).visits();
    }
}

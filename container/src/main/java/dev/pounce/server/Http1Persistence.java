package dev.pounce.server;

import dev.pounce.protocol.KnownField;
import dev.pounce.protocol.RequestHead;

/** Whether a client wants its connection kept (RFC 9112 section 9.3). */
final class Http1Persistence {
    private Http1Persistence() {}

    static boolean isWanted(RequestHead request) {
        if (request.count(KnownField.CONNECTION) == 0) {
            return request.isHttp11();
        }
        if (request.lists(KnownField.CONNECTION, "close")) {
            return false;
        }
        return request.isHttp11() || request.lists(KnownField.CONNECTION, "keep-alive");
    }
}

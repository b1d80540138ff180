package dev.pounce.servlet.dispatch;

import dev.pounce.protocol.ProtocolException;
import dev.pounce.protocol.RequestTarget;
import dev.pounce.servlet.context.Dispatchers;
import dev.pounce.servlet.context.ServletEntry;

import jakarta.servlet.RequestDispatcher;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;

/** The dispatchers of an application whose table is compiled. Immutable. */
record ContextDispatchers(RequestScopes application, ServletTable table) implements Dispatchers {

    @Override
    public @Nullable RequestDispatcher ofPath(String path) {
        return dispatcher(path);
    }

    /** The dispatcher to what answers a path, or null when the path cannot be read. */
    @Nullable PathDispatcher dispatcher(String path) {
        int question = path.indexOf('?');
        String raw = encodeNonAscii(question < 0 ? path : path.substring(0, question));
        String query = question < 0 ? null : encodeNonAscii(path.substring(question + 1));
        try {
            String normalized = RequestTarget.normalize(raw);
            boolean hasOddSegments = raw.contains("/.") || raw.contains("//");
            String uri = hasOddSegments ? RequestTarget.encode(normalized) : raw;
            return new PathDispatcher(
                    table.match(normalized), RequestTarget.encode(contextPath()) + uri, query);
        } catch (ProtocolException e) {
            return null;
        }
    }

    private String contextPath() {
        return application.context().getContextPath();
    }

    @Override
    public @Nullable RequestDispatcher ofUri(String uri) {
        try {
            String normalized = RequestTarget.normalize(uri);
            String own = contextPath();
            if (!(normalized + "/").startsWith(own + "/")) {
                return null;
            }
            String path = normalized.substring(own.length());
            return new PathDispatcher(table.match(path.isEmpty() ? "/" : path), uri, null);
        } catch (ProtocolException e) {
            return null;
        }
    }

    /** A client would have sent these so; an application writes them as they are. */
    private static String encodeNonAscii(String text) {
        if (text.chars().allMatch(c -> c > 0x20 && c < 0x7f)) {
            return text;
        }
        StringBuilder encoded = new StringBuilder();
        for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
            int c = each & 0xff;
            if (c > 0x20 && c < 0x7f) {
                encoded.append((char) c);
            } else {
                encoded.append(String.format("%%%02X", c));
            }
        }
        return encoded.toString();
    }

    @Override
    public @Nullable RequestDispatcher ofName(String servletName) {
        ServletEntry servlet = application.context().registry().servlet(servletName);
        return servlet == null ? null : NamedDispatcher.of(servlet, application, table.filters());
    }
}

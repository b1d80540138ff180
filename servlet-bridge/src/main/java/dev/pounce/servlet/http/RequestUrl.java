package dev.pounce.servlet.http;

import dev.pounce.exchange.ConnectionInfo;
import dev.pounce.protocol.KnownField;
import dev.pounce.protocol.RequestHead;

import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Where a client thinks it sent a request to (RFC 9110 section 7.1, Servlet specification, section
 * 3.5).
 *
 * @param scheme {@code http} or {@code https}
 * @param serverName the host, in brackets when it is an IPv6 address
 * @param serverPort the port, the scheme's own when the client named none
 */
record RequestUrl(String scheme, String serverName, int serverPort) {

    /** Takes the Host field, or, when it is missing or empty, the address that was connected to. */
    static RequestUrl of(RequestHead head, ConnectionInfo connection) {
        String scheme = connection.isSecure() ? "https" : "http";
        String host = head.value(KnownField.HOST);
        if (host == null || host.isEmpty()) {
            InetSocketAddress local = connection.localAddress();
            String address = local.getAddress().getHostAddress();
            boolean bracketed = address.indexOf(':') >= 0;
            return new RequestUrl(
                    scheme, bracketed ? "[" + address + "]" : address, local.getPort());
        }
        int colon = host.lastIndexOf(':');
        if (colon < 0 || colon < host.lastIndexOf(']')) {
            return new RequestUrl(scheme, host, defaultPort(scheme));
        }
        String port = host.substring(colon + 1);
        return new RequestUrl(
                scheme,
                host.substring(0, colon),
                port.isEmpty() ? defaultPort(scheme) : Integer.parseInt(port));
    }

    private static int defaultPort(String scheme) {
        return scheme.equals("https") ? 443 : 80;
    }

    /** Scheme and authority; the port only when it is not the scheme's own. */
    String origin() {
        String authority = scheme + "://" + serverName;
        return serverPort == defaultPort(scheme) ? authority : authority + ":" + serverPort;
    }

    /**
     * The absolute form of a redirect's location (Servlet specification, section 5.5), without dot
     * segments: not every client removes those of a URL that needs no resolving.
     *
     * @param location absolute, relative to the scheme, to the server or to the request
     * @param requestUri the path of the request as it was sent
     */
    String absolute(String location, String requestUri) {
        if (hasScheme(location)) {
            return location;
        }
        if (location.startsWith("//")) {
            return scheme + ":" + location;
        }
        if (location.startsWith("/")) {
            return origin() + withoutDotSegments(location);
        }
        boolean keepsPath =
                location.isEmpty() || location.startsWith("?") || location.startsWith("#");
        String folder =
                keepsPath ? requestUri : requestUri.substring(0, requestUri.lastIndexOf('/') + 1);
        return origin() + (keepsPath ? folder + location : withoutDotSegments(folder + location));
    }

    /** Those of a path in front of a query or fragment (RFC 3986 section 5.2.4). */
    private static String withoutDotSegments(String location) {
        int end = 0;
        while (end < location.length() && "?#".indexOf(location.charAt(end)) < 0) {
            end++;
        }
        String path = location.substring(0, end);
        if (!path.contains("/.")) {
            return location;
        }
        Deque<String> segments = new ArrayDeque<>();
        String[] sent = path.substring(1).split("/", -1);
        for (int i = 0; i < sent.length; i++) {
            boolean dots = sent[i].equals(".") || sent[i].equals("..");
            if (sent[i].equals("..")) {
                segments.pollLast();
            }
            if (!dots) {
                segments.addLast(sent[i]);
            } else if (i == sent.length - 1) {
                segments.addLast("");
            }
        }
        return "/" + String.join("/", segments) + location.substring(end);
    }

    private static boolean hasScheme(String location) {
        int colon = location.indexOf(':');
        return colon > 0
                && Character.isLetter(location.charAt(0))
                && location.substring(0, colon).matches("[A-Za-z0-9+.-]+");
    }
}

package dev.pounce.route;

import dev.pounce.protocol.RequestHead;

import org.jspecify.annotations.Nullable;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Which routes are for which host that a request may ask for (RFC 9110 section 7.2): an immutable
 * snapshot that is replaced as a whole. A request is looked up by the bytes of its head, and where
 * there is one host only, it is not looked at.
 */
public final class VirtualHosts {
    /** The host that is there always, for names that no other one has. */
    public static final String DEFAULT = "default";

    private static final byte[] NONE = {};

    /**
     * A host and what answers for it.
     *
     * @param id what the configuration calls it
     * @param names the names that it has, in lower case; {@code *.example.com} stands for any label
     *     in front
     */
    public record VirtualHost(String id, List<String> names, RouteTable routes) {

        /** Copies. */
        public VirtualHost {
            names = List.copyOf(names);
        }
    }

    private final Map<String, VirtualHost> hosts;
    private final boolean refusing;
    private final VirtualHost fallback;

    /** Hosts by their names, with open addressing; what a wildcard stands for begins with a dot. */
    private final byte[][] names;

    private final VirtualHost[] named;
    private final boolean hasWildcards;

    private VirtualHosts(Map<String, VirtualHost> hosts, boolean refusing) {
        this.hosts = hosts;
        this.refusing = refusing;
        this.fallback = Objects.requireNonNull(hosts.get(DEFAULT));
        int count = hosts.values().stream().mapToInt(each -> each.names().size()).sum();
        boolean isOnly = count == fallback.names().size() && !refusing;
        int slots = isOnly ? 0 : Integer.highestOneBit(Math.max(2, count * 4));
        this.names = new byte[slots][];
        this.named = new VirtualHost[slots];
        boolean wildcards = false;
        if (!isOnly) {
            for (VirtualHost host : hosts.values()) {
                for (String name : host.names()) {
                    wildcards |= name.startsWith("*");
                    add(name.startsWith("*") ? name.substring(1) : name, host);
                }
            }
        }
        this.hasWildcards = wildcards;
    }

    private void add(String name, VirtualHost host) {
        byte[] bytes =
                name.startsWith("[") ? literal(name) : name.getBytes(StandardCharsets.US_ASCII);
        int slot = slot(hash(bytes, 0, bytes.length));
        while (names[slot] != null) {
            if (Arrays.equals(names[slot], bytes)) {
                throw new IllegalArgumentException("two hosts have the name " + name);
            }
            slot = slot + 1 & names.length - 1;
        }
        names[slot] = bytes;
        named[slot] = host;
    }

    /** One host, which answers for all names. */
    public static VirtualHosts only(RouteTable routes) {
        return new VirtualHosts(
                Map.of(DEFAULT, new VirtualHost(DEFAULT, List.of(), routes)), false);
    }

    /**
     * The same with other names.
     *
     * @param names by the host, with those of the default host; hosts keep their routes, and those
     *     that have no names any more are gone
     * @param refusing whether a name that no host has is nobody's, instead of the default host's
     * @throws IllegalArgumentException when two hosts have the same name
     */
    public VirtualHosts withNames(Map<String, List<String>> names, boolean refusing) {
        Map<String, VirtualHost> next = new LinkedHashMap<>();
        names.forEach((id, own) -> next.put(id, new VirtualHost(id, own, routes(id))));
        next.computeIfAbsent(DEFAULT, id -> new VirtualHost(id, List.of(), routes(id)));
        return new VirtualHosts(next, refusing);
    }

    /** The same with other routes of a host; one that was not there has no names yet. */
    public VirtualHosts withRoutes(String id, RouteTable routes) {
        VirtualHost before = hosts.get(id);
        Map<String, VirtualHost> next = new LinkedHashMap<>(hosts);
        List<String> names = before == null ? List.of() : before.names();
        next.put(id, new VirtualHost(id, names, routes));
        return new VirtualHosts(next, refusing);
    }

    /** The routes of a host; none when there is no such host. */
    public RouteTable routes(String id) {
        VirtualHost host = hosts.get(id);
        return host == null ? new RouteTable(List.of()) : host.routes();
    }

    /**
     * The host that a request is for.
     *
     * @return null when no host has that name and names of nobody are refused
     */
    public @Nullable VirtualHost of(RequestHead head) {
        return names.length == 0 ? fallback : named(head);
    }

    private @Nullable VirtualHost named(RequestHead head) {
        int from = head.hostStart();
        int to = from < 0 ? from : head.hostEnd();
        VirtualHost found = from < to ? find(head.bytes(), from, to) : null;
        return found != null || refusing ? found : fallback;
    }

    private @Nullable VirtualHost find(byte[] bytes, int from, int to) {
        if (bytes[from] == '[') {
            byte[] address = literal(new String(bytes, from, to - from, StandardCharsets.US_ASCII));
            return exact(address, 0, address.length);
        }
        if (bytes[from] == '.') {
            return null;
        }
        // a name that ends with a dot is the same name, only that it is surely a whole one
        int end = bytes[to - 1] == '.' ? to - 1 : to;
        VirtualHost host = exact(bytes, from, end);
        if (host != null || !hasWildcards) {
            return host;
        }
        int dot = from;
        while (dot < end && bytes[dot] != '.') {
            dot++;
        }
        return dot > from && dot < end ? exact(bytes, dot, end) : null;
    }

    private @Nullable VirtualHost exact(byte[] bytes, int from, int to) {
        int slot = slot(hash(bytes, from, to));
        while (names[slot] != null) {
            if (isSame(names[slot], bytes, from, to)) {
                return named[slot];
            }
            slot = slot + 1 & names.length - 1;
        }
        return null;
    }

    private int slot(int hash) {
        return (hash ^ hash >>> 16) & names.length - 1;
    }

    private static boolean isSame(byte[] name, byte[] bytes, int from, int to) {
        if (name.length != to - from) {
            return false;
        }
        for (int i = 0; i < name.length; i++) {
            if (name[i] != lower(bytes[from + i])) {
                return false;
            }
        }
        return true;
    }

    private static int hash(byte[] bytes, int from, int to) {
        int hash = 1;
        for (int i = from; i < to; i++) {
            hash = 31 * hash + lower(bytes[i]);
        }
        return hash;
    }

    private static byte lower(byte b) {
        return b >= 'A' && b <= 'Z' ? (byte) (b + ('a' - 'A')) : b;
    }

    /** An address in brackets has several spellings; these are its bytes, behind a bracket. */
    private static byte[] literal(String text) {
        byte[] address;
        try {
            address = InetAddress.ofLiteral(text).getAddress();
        } catch (IllegalArgumentException e) {
            address = NONE;
        }
        byte[] key = new byte[2 * address.length + 1];
        key[0] = '[';
        for (int i = 0; i < address.length; i++) {
            key[2 * i + 1] = (byte) Character.forDigit(address[i] >> 4 & 0xf, 16);
            key[2 * i + 2] = (byte) Character.forDigit(address[i] & 0xf, 16);
        }
        return key;
    }
}

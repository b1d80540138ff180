package dev.pounce.observe;

import dev.pounce.encoding.ContentCoding;
import dev.pounce.observe.RequestRecord.Text;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * A JSON object (RFC 8259) a line, of ASCII only. Members that say nothing are left out. Bytes of
 * the client that are UTF-8 are the characters that they stand for; any other byte is the character
 * of its number, as in ISO 8859-1.
 */
final class JsonFormat implements LineFormat {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);

    @Override
    public void append(RequestRecord request, long receivedMillis, LineBuffer to) {
        to.ascii("{\"ts\":\"").ascii(TIME.format(Instant.ofEpochMilli(receivedMillis)));
        to.ascii("\",\"level\":\"").ascii(level(request)).put('"');
        requestLine(request, to);
        member("host", request, Text.HOST, to);
        to.ascii(",\"status\":").number(request.status());
        to.ascii(",\"bytes\":").number(request.sent());
        to.ascii(",\"duration_ms\":").decimal(request.durationNanos() / 1000, 3);
        member("client", request, Text.CLIENT, to);
        member("user", request, Text.USER, to);
        to.ascii(",\"req_id\":\"");
        request.requestId(to);
        to.ascii("\",\"worker\":").number(request.worker());
        if (request.coding() != ContentCoding.IDENTITY) {
            to.ascii(",\"coding\":\"").ascii(request.coding().token());
            to.ascii("\",\"ratio\":").decimal(Math.round(request.ratio() * 100), 2);
        }
        route(request, to);
        member("referer", request, Text.REFERER, to);
        member("user_agent", request, Text.USER_AGENT, to);
        if (request.isSlow()) {
            to.ascii(",\"slow\":true");
        }
        if (request.isAborted()) {
            to.ascii(",\"aborted\":true");
        }
        to.ascii("}\n");
    }

    private static String level(RequestRecord request) {
        if (request.status() >= 500) {
            return "error";
        }
        return request.status() >= 400 || request.isAborted() || request.isSlow() ? "warn" : "info";
    }

    /** What could not be read as a request line is shown as it came. */
    private static void requestLine(RequestRecord request, LineBuffer to) {
        if (!request.hasTarget()) {
            member("request", request, Text.LINE, to);
            return;
        }
        int from = request.targetFrom();
        int targetTo = request.targetTo();
        int length = request.length(Text.LINE);
        int query = from;
        while (query < targetTo && request.byteOf(Text.LINE, query) != '?') {
            query++;
        }
        member("method", request, Text.LINE, 0, from - 1, to);
        member("path", request, Text.LINE, from, query, to);
        if (query < targetTo) {
            member("query", request, Text.LINE, query + 1, targetTo, to);
        }
        if (length > targetTo) {
            member("protocol", request, Text.LINE, targetTo + 1, length, to);
        }
    }

    private static void route(RequestRecord request, LineBuffer to) {
        int length = request.length(Text.ROUTE);
        if (length > 0) {
            to.ascii(",\"route\":\"");
            for (int i = 0; i < length; i++) {
                escaped(request.routeChar(i), to);
            }
            to.put('"');
        }
    }

    private static void member(String name, RequestRecord request, Text text, LineBuffer to) {
        if (request.length(text) > 0) {
            member(name, request, text, 0, request.length(text), to);
        }
    }

    private static void member(
            String name, RequestRecord request, Text text, int from, int end, LineBuffer to) {
        to.ascii(",\"").ascii(name).ascii("\":\"");
        int i = from;
        while (i < end) {
            int b = request.byteOf(text, i);
            int length = b < 0x80 ? 1 : sequenceLength(request, text, i, end);
            if (length <= 1) {
                escaped((char) b, to);
                i++;
            } else {
                codePoint(request, text, i, length, to);
                i += length;
            }
        }
        boolean cut = end == request.length(text) && request.isCut(text);
        to.ascii(cut ? "...\"" : "\"");
    }

    /** The length of the well-formed UTF-8 sequence (RFC 3629) at an index; 0 if there is none. */
    private static int sequenceLength(RequestRecord request, Text text, int at, int end) {
        int first = request.byteOf(text, at);
        int length = first < 0xc2 || first > 0xf4 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
        if (length == 0 || at + length > end) {
            return 0;
        }
        for (int i = 1; i < length; i++) {
            if ((request.byteOf(text, at + i) & 0xc0) != 0x80) {
                return 0;
            }
        }
        int point = point(request, text, at, length);
        boolean shortest = length == 2 || point >= (length == 3 ? 0x800 : 0x10000);
        boolean scalar = point <= 0x10ffff && (point < 0xd800 || point > 0xdfff);
        return shortest && scalar ? length : 0;
    }

    private static int point(RequestRecord request, Text text, int at, int length) {
        int point = request.byteOf(text, at) & 0xff >> length + 1;
        for (int i = 1; i < length; i++) {
            point = point << 6 | request.byteOf(text, at + i) & 0x3f;
        }
        return point;
    }

    private static void codePoint(
            RequestRecord request, Text text, int at, int length, LineBuffer to) {
        int point = point(request, text, at, length);
        if (Character.isBmpCodePoint(point)) {
            escaped((char) point, to);
        } else {
            escaped(Character.highSurrogate(point), to);
            escaped(Character.lowSurrogate(point), to);
        }
    }

    private static void escaped(char c, LineBuffer to) {
        if (c == '"' || c == '\\') {
            to.put('\\').put(c);
        } else if (c < ' ' || c > '~') {
            to.ascii("\\u").hex(c, 4);
        } else {
            to.put(c);
        }
    }
}

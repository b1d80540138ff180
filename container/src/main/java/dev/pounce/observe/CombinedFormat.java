package dev.pounce.observe;

import dev.pounce.encoding.ContentCoding;
import dev.pounce.observe.RequestRecord.Text;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * Apache's combined log format, and behind it the duration in microseconds, the content coding, how
 * many times smaller it made the content, and the request's identifier. What is not known is a
 * dash. In texts that come from the client quotes and backslashes have a backslash before them, and
 * bytes that are no visible ASCII are {@code \xhh}.
 */
final class CombinedFormat implements LineFormat {
    private final DateTimeFormatter dates;
    private long second = Long.MIN_VALUE;
    private String date = "";

    /**
     * @param zone of the times
     */
    CombinedFormat(ZoneId zone) {
        dates =
                DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ENGLISH)
                        .withZone(zone);
    }

    @Override
    public void append(RequestRecord request, long receivedMillis, LineBuffer to) {
        plain(request, Text.CLIENT, to);
        to.ascii(" - ");
        user(request, to);
        to.ascii(" [").ascii(date(receivedMillis)).ascii("] ");
        quoted(request, Text.LINE, to);
        to.put(' ');
        if (request.status() == 0) {
            to.put('-');
        } else {
            to.number(request.status());
        }
        to.put(' ').number(request.sent()).put(' ');
        quoted(request, Text.REFERER, to);
        to.put(' ');
        quoted(request, Text.USER_AGENT, to);
        to.put(' ').number(request.durationNanos() / 1000).put(' ');
        if (request.coding() == ContentCoding.IDENTITY) {
            to.ascii("- - ");
        } else {
            to.ascii(request.coding().token()).put(' ');
            to.decimal(Math.round(request.ratio() * 100), 2).put(' ');
        }
        request.requestId(to);
        to.put('\n');
    }

    /** Made once a second. */
    private String date(long millis) {
        long current = Math.floorDiv(millis, 1000L);
        if (current != second) {
            second = current;
            date = dates.format(Instant.ofEpochSecond(current));
        }
        return date;
    }

    private static void plain(RequestRecord request, Text text, LineBuffer to) {
        for (int i = 0; i < request.length(text); i++) {
            to.put(request.byteOf(text, i));
        }
    }

    /** Without quotes around it, so that a space would begin the next column. */
    private static void user(RequestRecord request, LineBuffer to) {
        int length = request.length(Text.USER);
        if (length == 0) {
            to.put('-');
        }
        for (int i = 0; i < length; i++) {
            int b = request.byteOf(Text.USER, i);
            if (b == ' ') {
                to.ascii("\\x20");
            } else {
                escaped(b, to);
            }
        }
    }

    private static void quoted(RequestRecord request, Text text, LineBuffer to) {
        int length = request.length(text);
        if (length == 0) {
            to.ascii("\"-\"");
            return;
        }
        to.put('"');
        for (int i = 0; i < length; i++) {
            escaped(request.byteOf(text, i), to);
        }
        to.ascii(request.isCut(text) ? "...\"" : "\"");
    }

    private static void escaped(int b, LineBuffer to) {
        if (b == '"' || b == '\\') {
            to.put('\\').put(b);
        } else if (b < ' ' || b > '~') {
            to.ascii("\\x").hex(b, 2);
        } else {
            to.put(b);
        }
    }
}

package dev.pounce.servlet.http;

import dev.pounce.exchange.Exchange;
import dev.pounce.protocol.RequestHead;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the façades of one request have in common, one for each dispatch: the message, its content
 * and the request's attributes. The attributes may be used by several threads.
 */
final class RequestMessage {
    final RequestCookies cookies;
    final FormLimits limits;
    RequestContent content;
    private @Nullable Exchange exchange;
    private @Nullable RequestHead head;
    private @Nullable RequestUrl url;
    private @Nullable List<Locale> locales;
    private volatile @Nullable Map<String, Object> attributes;

    RequestMessage(
            Exchange exchange, RequestContent content, RequestCookies cookies, FormLimits limits) {
        this.exchange = exchange;
        this.head = exchange.request();
        this.content = content;
        this.cookies = cookies;
        this.limits = limits;
    }

    /** Another request takes its place; the façades that show it are told by who does that. */
    void restore(RequestHead formerHead, RequestContent formerContent) {
        head = formerHead;
        content = formerContent;
        locales = null;
    }

    /** The request is over: its exchange and the memory of its head are the next request's. */
    void detach() {
        content.detach();
        cookies.detach();
        exchange = null;
        head = null;
    }

    /**
     * The request's head.
     *
     * @throws IllegalStateException once the request is over
     */
    RequestHead head() {
        return attached(head);
    }

    /**
     * The exchange.
     *
     * @throws IllegalStateException once the request is over
     */
    Exchange exchange() {
        return attached(exchange);
    }

    private static <T> T attached(@Nullable T part) {
        if (part == null) {
            throw new IllegalStateException("the request has ended, and was used afterwards");
        }
        return part;
    }

    /** The attributes, to be looked at. */
    Map<String, Object> attributes() {
        Map<String, Object> known = attributes;
        return known == null ? Map.of() : known;
    }

    /** The attributes, to be changed. Few requests have any. */
    Map<String, Object> changedAttributes() {
        Map<String, Object> known = attributes;
        if (known == null) {
            synchronized (this) {
                known = attributes;
                if (known == null) {
                    known = new ConcurrentHashMap<>();
                    attributes = known;
                }
            }
        }
        return known;
    }

    /** Where the client thinks it sent the request to. */
    RequestUrl url() {
        RequestUrl known = url;
        if (known == null) {
            known = RequestUrl.of(head(), exchange().connection());
            url = known;
        }
        return known;
    }

    /** What the client wants, best first; never empty. */
    List<Locale> locales() {
        List<Locale> all = locales;
        if (all == null) {
            all = AcceptLanguage.locales(head().fields("Accept-Language"));
            all = all.isEmpty() ? List.of(Locale.getDefault()) : all;
            locales = all;
        }
        return all;
    }
}

package dev.pounce.servlet.http;

import dev.pounce.exchange.Exchange;
import dev.pounce.protocol.ResponseFields;

import jakarta.servlet.http.Cookie;

import java.time.InstantSource;
import java.util.List;

/**
 * Session tracking over an exchange. It works on the exchange rather than on the façades, so that
 * neither a wrapper nor an include keeps a session's cookie away.
 */
public final class BridgeSessionExchange implements SessionExchange {
    private static final String FIELD = "Set-Cookie";
    private static final String PATH = "Path=";

    private final Exchange exchange;
    private final RequestCookies cookies;
    private final InstantSource clock;

    /**
     * @param cookies what the client sent of them
     * @param clock the time that a cookie's expiry is counted from
     */
    public BridgeSessionExchange(Exchange exchange, RequestCookies cookies, InstantSource clock) {
        this.exchange = exchange;
        this.cookies = cookies;
        this.clock = clock;
    }

    @Override
    public List<Cookie> cookies() {
        return cookies.all();
    }

    @Override
    public String requestPath() {
        return exchange.request().rawPath();
    }

    @Override
    public String origin() {
        return RequestUrl.of(exchange.request(), exchange.connection()).origin();
    }

    @Override
    public boolean isSecure() {
        return exchange.connection().isSecure();
    }

    @Override
    public boolean isCommitted() {
        return exchange.response().isCommitted();
    }

    @Override
    public void replaceCookie(Cookie cookie) {
        String value = SetCookie.value(cookie, clock);
        ResponseFields fields = exchange.response().fields();
        List<String> former = fields.all(FIELD);
        fields.remove(FIELD);
        for (String each : former) {
            if (!isReplaced(each, cookie)) {
                fields.add(FIELD, each);
            }
        }
        fields.add(FIELD, value);
    }

    /** A client takes two of the same name for the same cookie when their paths are the same. */
    private static boolean isReplaced(String former, Cookie cookie) {
        if (!former.startsWith(cookie.getName() + "=")) {
            return false;
        }
        for (String attribute : former.split(";")) {
            String text = attribute.strip();
            if (text.regionMatches(true, 0, PATH, 0, PATH.length())) {
                return text.substring(PATH.length()).equals(cookie.getPath());
            }
        }
        return true;
    }
}

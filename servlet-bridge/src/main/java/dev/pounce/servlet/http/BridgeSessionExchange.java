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

    private final Exchange exchange;
    private final InstantSource clock;

    /**
     * @param clock the time that a cookie's expiry is counted from
     */
    public BridgeSessionExchange(Exchange exchange, InstantSource clock) {
        this.exchange = exchange;
        this.clock = clock;
    }

    @Override
    public List<Cookie> cookies() {
        return CookieReader.read(exchange.request().fields("Cookie"));
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
            if (!each.startsWith(cookie.getName() + "=")) {
                fields.add(FIELD, each);
            }
        }
        fields.add(FIELD, value);
    }
}

package dev.pounce.servlet.session;

import dev.pounce.servlet.http.SessionAccess;
import dev.pounce.servlet.http.SessionExchange;
import dev.pounce.servlet.http.SessionNote;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpSession;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * The session of one request. The session that the client brings the id of is in use from {@link
 * #begin}, or from the first question about it, until {@link #end}. Used by one thread at a time.
 */
public final class RequestSession implements SessionAccess {

    /** How far the request is. */
    private enum Phase {
        /** Nobody has looked for the client's id. */
        FRESH,
        /** The client's session, if there is one, is in use. */
        OPEN,
        /** The request is over. */
        ENDED
    }

    private final SessionManager manager;
    private final SessionExchange exchange;
    private final @Nullable RequestSession first;
    private Phase phase = Phase.FRESH;
    private @Nullable String requestedId;
    private Source source = Source.NONE;

    /** The session that the client brought the id of. */
    private @Nullable BridgeSession requested;

    /** That session, or the one that was made since. */
    private @Nullable BridgeSession current;

    private @Nullable Cookie sent;

    /**
     * @param manager the sessions of the application that is asked
     * @param exchange the request and its response
     * @param first the request's session in the application that its client asked, where it was
     *     dispatched into another one; null in the first one itself
     */
    public RequestSession(
            SessionManager manager, SessionExchange exchange, @Nullable RequestSession first) {
        this.manager = manager;
        this.exchange = exchange;
        this.first = first;
    }

    /**
     * Looks for the client's session, which is accessed by that (Servlet specification, section
     * 7.6). To be called before the application is, also where it does not ask for the session.
     */
    public void begin() {
        if (phase != Phase.FRESH) {
            return;
        }
        phase = Phase.OPEN;
        if (manager.config().usesCookies()) {
            find(idsInCookies(), Source.COOKIE);
        }
        // A client that sends such cookies needs no id in the URL, which somebody else may have
        // put there.
        if (source == Source.NONE && manager.config().usesUrls()) {
            find(SessionUrls.idsIn(exchange.requestPath()), Source.URL);
        }
    }

    /** Whether the client brings the id of a session; enters none. */
    public boolean isKnown() {
        return manager.config().usesCookies() && idsInCookies().stream().anyMatch(manager::has)
                || manager.config().usesUrls()
                        && SessionUrls.idsIn(exchange.requestPath()).stream()
                                .anyMatch(manager::has);
    }

    private List<String> idsInCookies() {
        List<Cookie> cookies = exchange.cookies();
        if (cookies.isEmpty()) {
            return List.of();
        }
        List<String> ids = new ArrayList<>();
        for (Cookie cookie : cookies) {
            if (cookie.getName().equals(manager.config().cookie().name())) {
                ids.add(cookie.getValue());
            }
        }
        return ids;
    }

    /** Takes the first id that is a session's, or else the first. */
    private void find(List<String> ids, Source from) {
        for (String id : ids) {
            BridgeSession session = manager.enter(id);
            if (session != null || requestedId == null) {
                requestedId = id;
                source = from;
            }
            if (session != null) {
                requested = session;
                current = session;
                return;
            }
        }
    }

    /**
     * Ends the request's use of its session. Afterwards the request has none; further calls do
     * nothing.
     */
    public void end() {
        BridgeSession session = current;
        phase = Phase.ENDED;
        requested = null;
        current = null;
        if (session != null) {
            session.leave(manager.now());
        }
    }

    @Override
    public @Nullable HttpSession session(boolean create) {
        BridgeSession session = usable();
        return session == null && create ? create() : session;
    }

    private @Nullable BridgeSession usable() {
        begin();
        BridgeSession session = current;
        if (session != null && session.isUsable()) {
            return session;
        }
        return first == null ? null : sibling(first.usable());
    }

    /** The session that goes with one of the first application, by the same id; or null. */
    private @Nullable BridgeSession sibling(@Nullable BridgeSession theirs) {
        BridgeSession session =
                theirs == null || phase == Phase.ENDED ? null : manager.enter(theirs.getId());
        if (session != null) {
            current = session;
        }
        return session;
    }

    private BridgeSession create() {
        if (phase == Phase.ENDED) {
            throw new IllegalStateException("a session was asked for after the end of the request");
        }
        checkCookieCanBeSent("a session was to be made");
        BridgeSession session = first == null ? manager.create() : createSibling(first);
        // First the request has it: a listener that asks for the session gets this one.
        current = session;
        sendCookie(session);
        if (session.isNew()) {
            manager.events().created(session);
        }
        return session;
    }

    /**
     * A client that goes on in the first application brings only the id of that one's session; so
     * this one gets the same.
     */
    private BridgeSession createSibling(RequestSession other) {
        BridgeSession theirs = (BridgeSession) other.session(true);
        BridgeSession session = null;
        while (session == null) {
            String id = Objects.requireNonNull(theirs).getId();
            session = manager.createAs(id);
            if (session == null) {
                session = manager.enter(id);
            }
        }
        return session;
    }

    @Override
    public String changeId() {
        BridgeSession session = usable();
        if (session == null) {
            throw new IllegalStateException(
                    "the id of a session was to be changed, but the request has no session");
        }
        checkCookieCanBeSent("the id of a session was to be changed");
        String old = manager.changeId(session);
        sendCookie(session);
        manager.events().idChanged(session, old);
        return session.getId();
    }

    private void checkCookieCanBeSent(String what) {
        if (manager.config().usesCookies() && exchange.isCommitted()) {
            throw new IllegalStateException(
                    what
                            + " after the response was committed, too late for its cookie;"
                            + " call getSession() before the response is written");
        }
    }

    private void sendCookie(BridgeSession session) {
        SessionConfig config = manager.config();
        if (config.usesCookies()) {
            String contextPath = manager.context().getContextPath();
            Cookie cookie = config.cookie().with(session.getId(), contextPath, exchange.isSecure());
            exchange.replaceCookie(cookie);
            sent = cookie;
        }
    }

    /**
     * Sets the cookie again that this request has set, if it has, after the response was reset. A
     * session whose id got lost is one more session for the next request.
     */
    public void restoreCookie() {
        if (sent != null && !exchange.isCommitted()) {
            exchange.replaceCookie(sent);
        }
    }

    @Override
    public @Nullable String requestedId() {
        begin();
        return requestedId;
    }

    @Override
    public Source requestedIdSource() {
        begin();
        return source;
    }

    /** Not after the session was invalidated, or got another id. */
    @Override
    public boolean isRequestedIdValid() {
        begin();
        BridgeSession session = requested;
        return session != null && session.isUsable() && session.getId().equals(requestedId);
    }

    @Override
    public @Nullable SessionNote note() {
        BridgeSession session = usable();
        return session == null ? null : session.note();
    }

    @Override
    public SessionNote note(Supplier<? extends SessionNote> made) {
        BridgeSession session = usable();
        return (session == null ? create() : session).note(made);
    }

    /**
     * Puts the session's id into a URL that leads into this application, where the client needs it
     * there: ids travel in URLs, the request has a session, and its id did not come in a cookie.
     */
    public String encode(String url) {
        BridgeSession session = usable();
        if (session == null || clientSendsCookies() || !manager.config().usesUrls()) {
            return url;
        }
        SessionUrls urls =
                new SessionUrls(
                        exchange.origin(),
                        exchange.requestPath(),
                        manager.context().getContextPath());
        return urls.withId(url, session.getId());
    }

    private boolean clientSendsCookies() {
        return source == Source.COOKIE || first != null && first.source == Source.COOKIE;
    }
}

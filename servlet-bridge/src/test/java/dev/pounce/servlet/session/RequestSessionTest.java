package dev.pounce.servlet.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pounce.servlet.http.SessionAccess.Source;

import jakarta.servlet.SessionTrackingMode;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.HttpSessionEvent;
import jakarta.servlet.http.HttpSessionListener;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** How a request finds its session, and how its client learns of one. */
class RequestSessionTest {
    private final SessionFixture fixture = new SessionFixture();
    private final SessionFixture.FakeExchange exchange = new SessionFixture.FakeExchange();

    private static SessionFixture tracking(SessionTrackingMode... modes) {
        Set<SessionTrackingMode> set = EnumSet.noneOf(SessionTrackingMode.class);
        set.addAll(List.of(modes));
        return new SessionFixture(
                new SessionConfig(60, SessionCookie.DEFAULT, set, -1), SessionListeners.NONE);
    }

    @Test
    void aRequestHasOneSessionAndItsClientGetsTheCookie() {
        RequestSession request = fixture.request(exchange);
        assertNull(request.session(false));
        assertTrue(exchange.answered.isEmpty());
        HttpSession session = request.session(true);
        assertTrue(session.isNew());
        assertSame(session, request.session(false));
        assertSame(session, request.session(true));
        Cookie cookie = exchange.answered.get("JSESSIONID");
        assertEquals(session.getId(), cookie.getValue());
        assertEquals("/app", cookie.getPath());
        assertTrue(cookie.isHttpOnly());
        assertFalse(cookie.getSecure());
        assertEquals(-1, cookie.getMaxAge());
        assertNull(request.requestedId());
        assertEquals(Source.NONE, request.requestedIdSource());
        assertFalse(request.isRequestedIdValid());
    }

    @Test
    void theClientJoinsByItsCookie() {
        BridgeSession session = fixture.idleSession();
        RequestSession request =
                fixture.request(
                        exchange.cookie("other", "x").cookie("JSESSIONID", session.getId()));
        assertSame(session, request.session(true));
        assertFalse(session.isNew());
        assertEquals(session.getId(), request.requestedId());
        assertEquals(Source.COOKIE, request.requestedIdSource());
        assertTrue(request.isRequestedIdValid());
        assertTrue(exchange.answered.isEmpty());
    }

    @Test
    void amongSeveralCookiesTheOneOfASessionWins() {
        BridgeSession session = fixture.idleSession();
        RequestSession request =
                fixture.request(
                        exchange.cookie("JSESSIONID", "stale")
                                .cookie("JSESSIONID", session.getId())
                                .cookie("JSESSIONID", "other"));
        assertEquals(session.getId(), request.requestedId());
        assertSame(session, request.session(false));
    }

    @Test
    void anUnknownIdIsNeverTakenOver() {
        RequestSession request =
                fixture.request(
                        exchange.cookie("JSESSIONID", "chosen").cookie("JSESSIONID", "second"));
        assertNull(request.session(false));
        assertEquals("chosen", request.requestedId());
        assertEquals(Source.COOKIE, request.requestedIdSource());
        assertFalse(request.isRequestedIdValid());
        assertNotEquals("chosen", request.session(true).getId());
        assertEquals(24, exchange.answeredId().length());
        assertFalse(request.isRequestedIdValid());
    }

    @Test
    void theUrlBringsAnIdWhereNoCookieDoes() {
        BridgeSession session = fixture.idleSession();
        exchange.path("/app/a;jsessionid=stale;v=1/b;jsessionid=" + session.getId() + ";w=2");
        RequestSession request = fixture.request(exchange);
        assertSame(session, request.session(false));
        assertEquals(Source.URL, request.requestedIdSource());
        assertTrue(request.isRequestedIdValid());
    }

    @Test
    void aCookieEvenAStaleOneStandsBeforeTheUrl() {
        BridgeSession session = fixture.idleSession();
        exchange.path("/app/a;jsessionid=" + session.getId()).cookie("JSESSIONID", "stale");
        RequestSession request = fixture.request(exchange);
        assertNull(request.session(false));
        assertEquals(Source.COOKIE, request.requestedIdSource());
    }

    @Test
    void modesThatAreOffAreNotLookedAt() {
        SessionFixture cookies = tracking(SessionTrackingMode.COOKIE);
        String id = cookies.idleSession().getId();
        exchange.path("/app/a;jsessionid=" + id);
        assertNull(cookies.request(exchange).session(false));

        SessionFixture urls = tracking(SessionTrackingMode.URL);
        SessionFixture.FakeExchange other = new SessionFixture.FakeExchange();
        other.committed = true;
        RequestSession request = urls.request(other);
        HttpSession session = request.session(true);
        assertTrue(other.answered.isEmpty());
        assertNull(urls.requestWith(session.getId()).session(false));
        assertEquals("x;jsessionid=" + session.getId(), request.encode("x"));
        assertThrows(IllegalArgumentException.class, () -> tracking(SessionTrackingMode.SSL));
    }

    @Test
    void noSessionIsMadeWhenItsCookieCannotBeSent() {
        exchange.committed = true;
        RequestSession request = fixture.request(exchange);
        assertNull(request.session(false));
        assertThrows(IllegalStateException.class, () -> request.session(true));
        assertEquals(0, fixture.manager.size());
        BridgeSession session = fixture.idleSession();
        SessionFixture.FakeExchange known =
                new SessionFixture.FakeExchange().cookie("JSESSIONID", session.getId());
        known.committed = true;
        RequestSession knowing = fixture.request(known);
        assertSame(session, knowing.session(true));
        String id = session.getId();
        assertThrows(IllegalStateException.class, knowing::changeId);
        assertEquals(id, session.getId());
    }

    @Test
    void afterAnInvalidationThereIsRoomForAnother() {
        RequestSession request = fixture.request(exchange);
        HttpSession first = request.session(true);
        first.invalidate();
        assertNull(request.session(false));
        HttpSession second = request.session(true);
        assertNotSame(first, second);
        assertEquals(second.getId(), exchange.answeredId());
        request.end();
        assertEquals(1, fixture.manager.size());
    }

    @Test
    void aChangedIdReachesTheClientAndTheOldOneIsNobodys() {
        BridgeSession session = fixture.idleSession();
        String old = session.getId();
        RequestSession request = fixture.request(exchange.cookie("JSESSIONID", old));
        String changed = request.changeId();
        assertEquals(changed, exchange.answeredId());
        assertFalse(request.isRequestedIdValid());
        assertEquals(old, request.requestedId());
        assertNull(fixture.requestWith(old).session(false));
        assertSame(session, fixture.requestWith(changed).session(false));
        assertEquals(1, fixture.manager.size());
        RequestSession without = fixture.request(new SessionFixture.FakeExchange());
        assertThrows(IllegalStateException.class, without::changeId);
    }

    @Test
    void aListenerOfTheBeginningGetsTheSameSession() {
        List<HttpSession> seen = new ArrayList<>();
        RequestSession[] request = new RequestSession[1];
        HttpSessionListener listener =
                new HttpSessionListener() {
                    @Override
                    public void sessionCreated(HttpSessionEvent event) {
                        seen.add(request[0].session(true));
                    }
                };
        SessionFixture own =
                new SessionFixture(
                        SessionConfig.DEFAULT,
                        new SessionListeners(List.of(listener), List.of(), List.of()));
        request[0] = own.request(exchange);
        assertEquals(List.of(request[0].session(true)), seen);
        assertEquals(1, own.manager.size());
    }

    @Test
    void afterItsEndARequestHasNoSession() {
        RequestSession request = fixture.request(exchange);
        request.session(true);
        request.end();
        assertNull(request.session(false));
        assertThrows(IllegalStateException.class, () -> request.session(true));
        RequestSession untouched = fixture.requestWith("x");
        untouched.end();
        assertNull(untouched.requestedId());
    }

    @Test
    void theCookieIsSetAgainAfterAReset() {
        RequestSession request = fixture.request(exchange);
        request.restoreCookie();
        assertTrue(exchange.answered.isEmpty());
        HttpSession session = request.session(true);
        exchange.answered.clear();
        request.restoreCookie();
        assertEquals(session.getId(), exchange.answeredId());
    }

    @Test
    void theCookieLooksAsConfigured() {
        SessionCookie look =
                new SessionCookie(
                        "SID", "/shop", "example.org", false, false, 90, Map.of("SameSite", "Lax"));
        SessionConfig config =
                new SessionConfig(60, look, SessionConfig.DEFAULT_TRACKING_MODES, -1);
        SessionFixture own = new SessionFixture("", config, SessionListeners.NONE);
        exchange.secure = true;
        HttpSession session = own.request(exchange).session(true);
        Cookie cookie = exchange.answered.get("SID");
        assertEquals(session.getId(), cookie.getValue());
        assertEquals("/shop", cookie.getPath());
        assertEquals("example.org", cookie.getDomain());
        assertTrue(cookie.getSecure());
        assertFalse(cookie.isHttpOnly());
        assertEquals(90, cookie.getMaxAge());
        assertEquals("Lax", cookie.getAttribute("SameSite"));
        SessionFixture.FakeExchange next = new SessionFixture.FakeExchange();
        next.cookie("JSESSIONID", session.getId()).cookie("SID", session.getId());
        assertSame(session, own.request(next).session(false));
    }

    @Test
    void theCookieOfTheRootIsForAllPaths() {
        SessionFixture root = new SessionFixture("", SessionConfig.DEFAULT, SessionListeners.NONE);
        root.request(exchange).session(true);
        assertEquals("/", exchange.answered.get("JSESSIONID").getPath());
    }

    @Test
    void urlsAreEncodedOnlyForClientsWhoseCookieDidNotCome() {
        RequestSession request = fixture.request(exchange);
        assertEquals("/app/x", request.encode("/app/x"));
        String id = request.session(true).getId();
        assertEquals("/app/x;jsessionid=" + id + "?a=b#c", request.encode("/app/x?a=b#c"));
        assertEquals("/other/x", request.encode("/other/x"));
        request.session(false).invalidate();
        assertEquals("/app/x", request.encode("/app/x"));
        RequestSession withCookie = fixture.requestWith("stale");
        withCookie.session(true);
        assertEquals("/app/x", withCookie.encode("/app/x"));
    }
}

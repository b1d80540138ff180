package dev.pounce.servlet.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.HttpSessionEvent;
import jakarta.servlet.http.HttpSessionListener;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

/** How sessions grow old; the clock is moved, nobody waits. */
class SessionExpiryTest {
    private final List<ClassLoader> ends = new ArrayList<>();
    private final SessionListeners listeners =
            new SessionListeners(
                    List.of(
                            new HttpSessionListener() {
                                @Override
                                public void sessionDestroyed(HttpSessionEvent event) {
                                    ends.add(Thread.currentThread().getContextClassLoader());
                                }
                            }),
                    List.of(),
                    List.of());
    private final SessionFixture fixture = withTimeout(60);

    private SessionFixture withTimeout(int seconds) {
        return new SessionFixture(
                new SessionConfig(
                        seconds, SessionCookie.DEFAULT, SessionConfig.DEFAULT_TRACKING_MODES, -1),
                listeners);
    }

    @Test
    void anIdleSessionEndsWhenItsTimeIsUp() {
        HttpSession session = fixture.idleSession();
        fixture.clock.seconds(59);
        assertEquals(0, fixture.sweep());
        fixture.clock.seconds(1);
        assertEquals(1, fixture.sweep());
        assertThrows(IllegalStateException.class, session::getCreationTime);
        assertEquals(0, fixture.manager.size());
        assertEquals(List.of(fixture.loader), ends);
    }

    @Test
    void eachRequestGivesItItsWholeTimeAgain() {
        BridgeSession session = fixture.idleSession();
        for (int i = 0; i < 5; i++) {
            fixture.clock.seconds(50);
            RequestSession request = fixture.requestWith(session.getId());
            assertSame(session, request.session(false));
            request.end();
            assertEquals(0, fixture.sweep());
            assertEquals(1, fixture.manager.queue().size());
        }
        fixture.clock.seconds(60);
        assertEquals(1, fixture.sweep());
        assertEquals(0, fixture.manager.queue().size());
    }

    @Test
    void aSessionThatIsDueIsNotFoundEvenBeforeASweep() {
        BridgeSession session = fixture.idleSession();
        fixture.clock.seconds(60);
        RequestSession request = fixture.requestWith(session.getId());
        assertNull(request.session(false));
        assertFalse(request.isRequestedIdValid());
        assertEquals(1, ends.size());
        assertEquals(0, fixture.manager.size());
        assertEquals(0, fixture.sweep());
        assertEquals(1, ends.size());
    }

    @Test
    void aSessionInUseDoesNotExpire() {
        RequestSession slow = fixture.request(new SessionFixture.FakeExchange());
        HttpSession session = slow.session(true);
        RequestSession second = fixture.requestWith(session.getId());
        second.begin();
        fixture.clock.seconds(1000);
        assertEquals(0, fixture.sweep());
        slow.end();
        slow.end();
        fixture.clock.seconds(1000);
        assertEquals(0, fixture.sweep());
        assertNotNull(second.session(false));
        second.end();
        fixture.clock.seconds(59);
        assertEquals(0, fixture.sweep());
        fixture.clock.seconds(1);
        assertEquals(1, fixture.sweep());
    }

    @Test
    void anAccessorUsesASessionAsARequestDoes() {
        HttpSession session = fixture.idleSession();
        HttpSession.Accessor accessor = session.getAccessor();
        fixture.clock.seconds(50);
        accessor.access(
                same -> {
                    fixture.clock.seconds(100);
                    assertEquals(0, fixture.sweep());
                    assertTrue(same.isNew());
                });
        fixture.clock.seconds(59);
        assertEquals(0, fixture.sweep());
        fixture.clock.seconds(1);
        assertThrows(
                IllegalStateException.class,
                () -> accessor.access(same -> fixture.clock.seconds(1)));
        assertEquals(1, ends.size());
    }

    @Test
    void theIntervalCanBeShortenedLengthenedAndTakenAway() {
        HttpSession shorter = fixture.idleSession();
        HttpSession longer = fixture.idleSession();
        HttpSession never = fixture.idleSession();
        shorter.setMaxInactiveInterval(10);
        longer.setMaxInactiveInterval(100);
        never.setMaxInactiveInterval(0);
        assertEquals(2, fixture.manager.queue().size());
        fixture.clock.seconds(10);
        assertEquals(1, fixture.sweep());
        assertThrows(IllegalStateException.class, shorter::isNew);
        fixture.clock.seconds(89);
        assertEquals(0, fixture.sweep());
        fixture.clock.seconds(1);
        assertEquals(1, fixture.sweep());
        fixture.clock.seconds(1_000_000_000);
        assertEquals(0, fixture.sweep());
        assertTrue(never.isNew());
        never.setMaxInactiveInterval(-1);
        assertEquals(-1, never.getMaxInactiveInterval());
        never.setMaxInactiveInterval(5);
        assertEquals(1, fixture.sweep());
    }

    @Test
    void theLargestIntervalDoesNotOverflow() {
        HttpSession session = fixture.idleSession();
        session.setMaxInactiveInterval(Integer.MAX_VALUE);
        fixture.clock.seconds(Integer.MAX_VALUE - 1L);
        assertEquals(0, fixture.sweep());
        fixture.clock.seconds(1);
        assertEquals(1, fixture.sweep());
    }

    @Test
    void sessionsWithoutATimeoutAreNotQueued() {
        SessionFixture forever = withTimeout(0);
        forever.idleSession();
        assertEquals(0, forever.manager.queue().size());
        assertEquals(1, forever.manager.size());
    }

    @Test
    void aSweepLooksOnlyAtWhatIsDue() {
        for (int i = 0; i < 1000; i++) {
            fixture.idleSession();
        }
        fixture.clock.seconds(30);
        fixture.idleSession();
        fixture.clock.seconds(30);
        assertEquals(1000, fixture.sweep());
        assertEquals(1, fixture.manager.size());
        assertEquals(1, fixture.manager.queue().size());
    }

    @Test
    void theLastAccessIsTheOneBeforeTheCurrentRequest() {
        BridgeSession session = fixture.idleSession();
        assertEquals(SessionFixture.START, session.getCreationTime());
        assertEquals(SessionFixture.START, session.getLastAccessedTime());
        fixture.clock.seconds(7);
        RequestSession request = fixture.requestWith(session.getId());
        request.begin();
        assertEquals(SessionFixture.START, session.getLastAccessedTime());
        fixture.clock.seconds(5);
        request.end();
        assertEquals(SessionFixture.START + 7000, session.getLastAccessedTime());
        fixture.clock.seconds(1);
        RequestSession next = fixture.requestWith(session.getId());
        next.begin();
        assertEquals(SessionFixture.START + 7000, session.getLastAccessedTime());
        assertEquals(SessionFixture.START, session.getCreationTime());
    }

    @Test
    void closingEndsAllAndMakesNoMore() {
        fixture.idleSession();
        RequestSession request = fixture.request(new SessionFixture.FakeExchange());
        request.session(true);
        fixture.manager.close();
        assertEquals(0, fixture.manager.size());
        assertEquals(List.of(fixture.loader, fixture.loader), ends);
        assertNull(request.session(false));
        assertThrows(IllegalStateException.class, () -> request.session(true));
        request.end();
        assertEquals(0, fixture.manager.size());
        assertEquals(0, fixture.manager.queue().size());
    }

    @Test
    void aLimitRefusesMoreSessions() {
        SessionFixture limited =
                new SessionFixture(
                        new SessionConfig(
                                60, SessionCookie.DEFAULT, SessionConfig.DEFAULT_TRACKING_MODES, 2),
                        SessionListeners.NONE);
        limited.idleSession();
        HttpSession second = limited.idleSession();
        assertThrows(IllegalStateException.class, limited::idleSession);
        second.invalidate();
        limited.idleSession();
        assertEquals(2, limited.manager.size());
    }
}

package dev.pounce.servlet.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.HttpSessionAttributeListener;
import jakarta.servlet.http.HttpSessionBindingEvent;
import jakarta.servlet.http.HttpSessionBindingListener;
import jakarta.servlet.http.HttpSessionEvent;
import jakarta.servlet.http.HttpSessionIdListener;
import jakarta.servlet.http.HttpSessionListener;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/** What HttpSession's Javadoc and chapter 7 say of attributes, events and validity. */
class BridgeSessionTest {
    private final List<String> log = new ArrayList<>();
    private final SessionFixture fixture =
            new SessionFixture(
                    SessionConfig.DEFAULT,
                    new SessionListeners(
                            List.of(new Ends("first"), new Ends("second")),
                            List.of(new Attributes()),
                            List.of(new Ids())));
    private final RequestSession request = fixture.request(new SessionFixture.FakeExchange());
    private final HttpSession session = request.session(true);

    private final class Ends implements HttpSessionListener {
        private final String name;

        Ends(String name) {
            this.name = name;
        }

        @Override
        public void sessionCreated(HttpSessionEvent event) {
            log.add(name + " created, new " + event.getSession().isNew());
        }

        @Override
        public void sessionDestroyed(HttpSessionEvent event) {
            HttpSession ending = event.getSession();
            log.add(name + " destroyed, with " + Collections.list(ending.getAttributeNames()));
            ending.invalidate();
        }
    }

    private final class Attributes implements HttpSessionAttributeListener {
        @Override
        public void attributeAdded(HttpSessionBindingEvent event) {
            log.add("added " + event.getName() + " " + event.getValue());
        }

        @Override
        public void attributeReplaced(HttpSessionBindingEvent event) {
            log.add("replaced " + event.getName() + " " + event.getValue());
        }

        @Override
        public void attributeRemoved(HttpSessionBindingEvent event) {
            log.add("removed " + event.getName() + " " + event.getValue());
        }
    }

    private final class Ids implements HttpSessionIdListener {
        @Override
        public void sessionIdChanged(HttpSessionEvent event, String oldId) {
            log.add("id changed " + !event.getSession().getId().equals(oldId));
        }
    }

    private final class Bound implements HttpSessionBindingListener {
        private final String name;

        Bound(String name) {
            this.name = name;
        }

        @Override
        public void valueBound(HttpSessionBindingEvent event) {
            log.add(
                    name
                            + " bound as "
                            + event.getName()
                            + ", there "
                            + (event.getSession().getAttribute(event.getName()) == this));
        }

        @Override
        public void valueUnbound(HttpSessionBindingEvent event) {
            log.add(name + " unbound from " + event.getName() + " " + event.getValue());
        }

        @Override
        public String toString() {
            return name;
        }
    }

    @Test
    void attributesAreKept() {
        session.setAttribute("a", 1);
        session.setAttribute("b", 2);
        session.setAttribute("b", null);
        assertEquals(1, session.getAttribute("a"));
        assertNull(session.getAttribute("b"));
        assertNull(session.getAttribute(null));
        assertEquals(List.of("a"), Collections.list(session.getAttributeNames()));
        assertSame(fixture.context, session.getServletContext());
        assertThrows(IllegalArgumentException.class, () -> session.setAttribute(null, 1));
    }

    @Test
    void valuesAreToldAfterTheChangeAndBeforeTheListeners() {
        Bound one = new Bound("one");
        Bound two = new Bound("two");
        log.clear();
        session.setAttribute("x", one);
        session.setAttribute("x", two);
        session.setAttribute("x", two);
        session.removeAttribute("x");
        session.removeAttribute("x");
        assertEquals(
                List.of(
                        "one bound as x, there true",
                        "added x one",
                        "two bound as x, there true",
                        "one unbound from x one",
                        "replaced x one",
                        "replaced x two",
                        "two unbound from x two",
                        "removed x two"),
                log);
    }

    @Test
    void anEndIsToldInReverseBeforeAndUnbindsAfterwards() {
        session.setAttribute("x", new Bound("one"));
        assertEquals(
                List.of("first created, new true", "second created, new true"), log.subList(0, 2));
        log.clear();
        session.invalidate();
        assertEquals(
                List.of(
                        "second destroyed, with [x]",
                        "first destroyed, with [x]",
                        "one unbound from x one",
                        "removed x one"),
                log);
        assertEquals(0, fixture.manager.size());
        assertEquals(0, fixture.manager.queue().size());
    }

    @Test
    void anInvalidSessionAnswersOnlyWhatTheJavadocAllows() {
        HttpSession.Accessor accessor = session.getAccessor();
        String id = session.getId();
        session.invalidate();
        List<Executable> refused =
                List.of(
                        session::getCreationTime,
                        session::getLastAccessedTime,
                        session::isNew,
                        session::invalidate,
                        session::getAttributeNames,
                        session::getAccessor,
                        () -> session.getAttribute("a"),
                        () -> session.setAttribute("a", 1),
                        () -> session.setAttribute("a", null),
                        () -> session.removeAttribute("a"),
                        () -> accessor.access(same -> log.add("accessed")));
        for (Executable each : refused) {
            assertThrows(IllegalStateException.class, each);
        }
        assertFalse(log.contains("accessed"));
        assertEquals(id, session.getId());
        assertSame(fixture.context, session.getServletContext());
        session.setMaxInactiveInterval(5);
        assertEquals(5, session.getMaxInactiveInterval());
        assertEquals(0, fixture.manager.queue().size());
    }

    @Test
    void whatAListenerThrowsKeepsNobodyFromBeingTold() {
        List<String> told = new ArrayList<>();
        HttpSessionListener failing =
                new HttpSessionListener() {
                    @Override
                    public void sessionDestroyed(HttpSessionEvent event) {
                        throw new IllegalStateException("on purpose");
                    }
                };
        HttpSessionListener other =
                new HttpSessionListener() {
                    @Override
                    public void sessionDestroyed(HttpSessionEvent event) {
                        told.add("destroyed");
                    }
                };
        SessionFixture own =
                new SessionFixture(
                        SessionConfig.DEFAULT,
                        new SessionListeners(List.of(other, failing), List.of(), List.of()));
        HttpSession ended = own.idleSession();
        ended.invalidate();
        assertEquals(List.of("destroyed"), told);
        assertThrows(IllegalStateException.class, ended::isNew);
    }

    @Test
    void aChangedIdIsToldAndEndsAccessors() {
        HttpSession.Accessor accessor = session.getAccessor();
        String old = session.getId();
        assertEquals(request.changeId(), session.getId());
        assertFalse(session.getId().equals(old));
        assertTrue(log.contains("id changed true"));
        assertThrows(
                IllegalStateException.class, () -> accessor.access(same -> log.add("accessed")));
        session.getAccessor().access(same -> log.add("accessed " + (same == session)));
        assertTrue(log.contains("accessed true"));
    }

    @Test
    void aListenerOfTheEndStillSeesTheRequestsSession() {
        List<Object> seen = new ArrayList<>();
        RequestSession[] asking = new RequestSession[1];
        HttpSessionListener listener =
                new HttpSessionListener() {
                    @Override
                    public void sessionDestroyed(HttpSessionEvent event) {
                        seen.add(asking[0].session(false) == event.getSession());
                        try {
                            asking[0].changeId();
                        } catch (IllegalStateException e) {
                            seen.add("id kept");
                        }
                    }
                };
        SessionFixture own =
                new SessionFixture(
                        SessionConfig.DEFAULT,
                        new SessionListeners(List.of(listener), List.of(), List.of()));
        asking[0] = own.request(new SessionFixture.FakeExchange());
        asking[0].session(true).invalidate();
        assertEquals(List.of(true, "id kept"), seen);
        assertNull(asking[0].session(false));
    }

    @Test
    void statesEndInInvalid() {
        assertEquals(SessionState.ENDING, SessionState.VALID.next());
        assertEquals(SessionState.INVALID, SessionState.ENDING.next());
        assertThrows(IllegalStateException.class, SessionState.INVALID::next);
        assertTrue(SessionState.VALID.hasAttributes());
        assertTrue(SessionState.ENDING.hasAttributes());
        assertFalse(SessionState.INVALID.hasAttributes());
    }

    @Test
    void idsHave144BitsAndDiffer() {
        SessionIds ids = new SessionIds();
        List<String> made = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            made.add(ids.next());
        }
        assertEquals(1000, Set.copyOf(made).size());
        assertTrue(made.stream().allMatch(id -> id.matches("[A-Za-z0-9_-]{24}")));
    }
}

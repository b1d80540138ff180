package dev.pounce.servlet.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.HttpSessionBindingEvent;
import jakarta.servlet.http.HttpSessionBindingListener;
import jakarta.servlet.http.HttpSessionEvent;
import jakarta.servlet.http.HttpSessionListener;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** What two threads do to one session at the same time, many times over. */
class SessionRacesTest {
    private static final int ROUNDS = 3000;

    private final AtomicInteger ended = new AtomicInteger();
    private final SessionFixture fixture =
            new SessionFixture(
                    new SessionConfig(
                            60, SessionCookie.DEFAULT, SessionConfig.DEFAULT_TRACKING_MODES, -1),
                    new SessionListeners(
                            List.of(
                                    new HttpSessionListener() {
                                        @Override
                                        public void sessionDestroyed(HttpSessionEvent event) {
                                            ended.incrementAndGet();
                                        }
                                    }),
                            List.of(),
                            List.of()));
    private final ExecutorService threads = Executors.newFixedThreadPool(2);
    private final CyclicBarrier start = new CyclicBarrier(2);

    /** Counts whether a value that was bound is unbound. */
    private static final class Balance implements HttpSessionBindingListener {
        private final AtomicInteger bound = new AtomicInteger();

        @Override
        public void valueBound(HttpSessionBindingEvent event) {
            bound.incrementAndGet();
        }

        @Override
        public void valueUnbound(HttpSessionBindingEvent event) {
            bound.decrementAndGet();
        }
    }

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    /** Runs both at the same moment; whether each went through without IllegalStateException. */
    private List<Boolean> race(Callable<?> one, Callable<?> other) throws Exception {
        Future<Boolean> first = threads.submit(() -> attempt(one));
        Future<Boolean> second = threads.submit(() -> attempt(other));
        return List.of(first.get(10, TimeUnit.SECONDS), second.get(10, TimeUnit.SECONDS));
    }

    private boolean attempt(Callable<?> action) throws Exception {
        start.await(10, TimeUnit.SECONDS);
        try {
            action.call();
            return true;
        } catch (IllegalStateException e) {
            return false;
        }
    }

    private static Callable<Void> run(Runnable action) {
        return () -> {
            action.run();
            return null;
        };
    }

    /** Binds a value by ever new names until the session refuses. */
    private static void fill(HttpSession session, Object value) {
        for (int i = 0; ; i++) {
            session.setAttribute("x" + i, value);
        }
    }

    @Test
    void nothingStaysBoundInAnInvalidatedSession() throws Exception {
        for (int i = 0; i < ROUNDS; i++) {
            HttpSession session = fixture.idleSession();
            Balance value = new Balance();
            List<Boolean> went = race(run(session::invalidate), run(() -> fill(session, value)));
            assertTrue(went.get(0));
            assertFalse(went.get(1));
            assertEquals(0, value.bound.get());
        }
        assertEquals(ROUNDS, ended.get());
        assertEquals(0, fixture.manager.size());
    }

    @Test
    void aSessionEndsOnceHoweverManyEndIt() throws Exception {
        for (int i = 0; i < ROUNDS; i++) {
            HttpSession session = fixture.idleSession();
            race(run(session::invalidate), run(session::invalidate));
            assertEquals(i + 1, ended.get());
        }
        assertEquals(0, fixture.manager.size());
        assertEquals(0, fixture.manager.queue().size());
    }

    @Test
    void aRequestEntersBeforeTheEndOrNotAtAll() throws Exception {
        for (int i = 0; i < ROUNDS; i++) {
            BridgeSession session = fixture.idleSession();
            RequestSession request = fixture.requestWith(session.getId());
            race(run(session::invalidate), run(request::begin));
            assertNull(request.session(false));
            assertFalse(request.isRequestedIdValid());
            request.end();
        }
        assertEquals(ROUNDS, ended.get());
        assertEquals(0, fixture.manager.size());
    }

    @Test
    void aSweepTakesASessionOrARequestDoes() throws Exception {
        for (int i = 0; i < ROUNDS; i++) {
            BridgeSession session = fixture.idleSession();
            RequestSession last = fixture.requestWith(session.getId());
            fixture.clock.seconds(59);
            last.begin();
            last.end();
            fixture.clock.seconds(1);
            // The ticket is due and the session is not: the sweep must put it back.
            RequestSession request = fixture.requestWith(session.getId());
            race(fixture::sweep, run(request::begin));
            assertNotNull(request.session(false));
            assertEquals(1, fixture.manager.queue().size());
            request.end();
            fixture.clock.seconds(60);
            RequestSession late = fixture.requestWith(session.getId());
            race(fixture::sweep, run(late::begin));
            assertNull(late.session(false));
            assertEquals(i + 1, ended.get());
            assertEquals(0, fixture.manager.size());
            assertEquals(0, fixture.manager.queue().size());
        }
    }

    @Test
    void aChangedIdLeavesTheOldOneToNobody() throws Exception {
        for (int i = 0; i < ROUNDS; i++) {
            BridgeSession session = fixture.idleSession();
            String old = session.getId();
            RequestSession changing = fixture.requestWith(old);
            changing.begin();
            RequestSession other = fixture.requestWith(old);
            race(changing::changeId, run(other::begin));
            assertNull(fixture.manager.enter(old));
            assertEquals(i + 1, fixture.manager.size());
            RequestSession next = fixture.requestWith(session.getId());
            assertEquals(session, next.session(false));
        }
    }

    @Test
    void anIdIsChangedOrTheSessionEndsAndNothingIsLeft() throws Exception {
        for (int i = 0; i < ROUNDS; i++) {
            BridgeSession session = fixture.idleSession();
            RequestSession changing = fixture.requestWith(session.getId());
            changing.begin();
            assertTrue(race(run(session::invalidate), changing::changeId).get(0));
            assertEquals(0, fixture.manager.size());
        }
        assertEquals(ROUNDS, ended.get());
    }

    @Test
    void intervalsThatChangeLeaveOneTicket() throws Exception {
        for (int i = 0; i < ROUNDS; i++) {
            BridgeSession session = fixture.idleSession();
            race(
                    run(() -> session.setMaxInactiveInterval(10)),
                    run(() -> session.setMaxInactiveInterval(20)));
            assertEquals(1, fixture.manager.queue().size());
            race(run(() -> session.setMaxInactiveInterval(5)), run(session::invalidate));
            assertEquals(0, fixture.manager.queue().size());
        }
    }

    @Test
    void sessionsMadeAtOnceAreAllThere() throws Exception {
        int each = 5000;
        List<Callable<Set<String>>> makers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            makers.add(
                    () -> {
                        Set<String> ids = ConcurrentHashMap.newKeySet();
                        for (int j = 0; j < each; j++) {
                            ids.add(fixture.idleSession().getId());
                        }
                        return ids;
                    });
        }
        Set<String> all = ConcurrentHashMap.newKeySet();
        try (ExecutorService virtual = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Set<String>> made : virtual.invokeAll(makers)) {
                all.addAll(made.get());
            }
        }
        assertEquals(8 * each, all.size());
        assertEquals(8 * each, fixture.manager.size());
        fixture.clock.seconds(60);
        try (ExecutorService virtual = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Long>> sweeps = List.of(fixture::sweep, fixture::sweep);
            long expired = 0;
            for (Future<Long> sweep : virtual.invokeAll(sweeps)) {
                expired += sweep.get();
            }
            assertEquals(8 * each, expired);
        }
        assertEquals(0, fixture.manager.size());
    }

    @Test
    void closingAndMakingAtOnceLeavesNothing() throws Exception {
        for (int i = 0; i < 300; i++) {
            SessionFixture own = new SessionFixture();
            race(run(own.manager::close), own::idleSession);
            assertEquals(0, own.manager.size());
            assertEquals(0, own.manager.queue().size());
        }
    }

    /** A request that finds a session nowhere goes to another version of the application. */
    @Test
    void aSessionThatMovesIsSomewhereAtEveryMoment() throws Exception {
        for (int i = 0; i < ROUNDS; i++) {
            SessionFixture next = new SessionFixture();
            String id = fixture.idleSession().getId();
            String other = fixture.idleSession().getId();
            SessionDeparture moves = new SessionDeparture(fixture.manager);
            next.manager.receive(moves);
            boolean[] moved = {false};
            List<Boolean> done =
                    race(
                            () -> {
                                if (id.hashCode() % 2 == 0) {
                                    next.manager.enter(id);
                                }
                                moves.detach();
                                next.manager.receiveRest(moves);
                                return moved[0] = true;
                            },
                            () -> {
                                for (int looks = 0; looks < 100; looks++) {
                                    assertTrue(next.manager.has(id), "look " + looks);
                                    assertTrue(next.manager.has(other), "look " + looks);
                                }
                                return true;
                            });
            assertEquals(List.of(true, true), done);
            assertTrue(moved[0]);
            assertEquals(2, next.manager.size());
        }
    }
}

package dev.pounce.deploy;

import dev.pounce.route.ContextRoutes;
import dev.pounce.route.FusedRoute;
import dev.pounce.route.OlderVersion;
import dev.pounce.route.Route;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Everything at one context path: the versions of the application there, those that come and go,
 * and routes that were added from Java. But for {@link #changes}, guarded by the {@link
 * AppContexts}.
 */
final class AppContext {
    private final String path;
    private final ReentrantLock changes = new ReentrantLock();

    /** By version. What waits for its restart is here, too, and stays when that fails. */
    private final NavigableMap<String, Deployment> current = new TreeMap<>();

    private final List<Deployment> starting = new ArrayList<>();
    private final List<Deployment> retiring = new ArrayList<>();
    private final Map<String, Deployment> failed = new HashMap<>();

    /** Of versions that were stopped for a restart which has failed. */
    private final Map<String, DepartingSessions> left = new HashMap<>();

    private List<FusedRoute> embedded = List.of();

    AppContext(String path) {
        this.path = path;
    }

    String path() {
        return path;
    }

    /** Held while something is deployed, replaced or undeployed here. */
    ReentrantLock changes() {
        return changes;
    }

    /** What is at that version. */
    @Nullable Deployment current(String version) {
        return current.get(version);
    }

    /** The newest version. */
    @Nullable Deployment newest() {
        Map.Entry<String, Deployment> last = current.lastEntry();
        return last == null ? null : last.getValue();
    }

    /** What was tried last and did not start, at that version. */
    @Nullable Deployment failed(String version) {
        return failed.get(version);
    }

    /** The versions, the newest first. */
    List<String> versions() {
        List<String> all = new ArrayList<>(current.descendingKeySet());
        failed.keySet().stream().filter(each -> !current.containsKey(each)).forEach(all::add);
        return all;
    }

    /** Those that serve, oldest version first. */
    List<Deployment> serving() {
        return current.values().stream().filter(each -> each.state().isServing()).toList();
    }

    List<Deployment> retiring() {
        return List.copyOf(retiring);
    }

    void starts(Deployment next) {
        starting.add(next);
    }

    void hasFailed(Deployment next) {
        starting.remove(next);
        failed.put(next.name().version(), next);
    }

    /** Puts a version in the place of what was there; null takes that away. */
    @Nullable Deployment put(String version, @Nullable Deployment next) {
        return next == null ? current.remove(version) : current.put(version, next);
    }

    /** A version runs from now on, and what was wrong with it before is forgotten. */
    void runs(Deployment next) {
        starting.remove(next);
        failed.remove(next.name().version());
        left.remove(next.name().version());
    }

    void retires(Deployment before) {
        retiring.add(before);
    }

    void hasRetired(Deployment before) {
        retiring.remove(before);
    }

    /** Forgets that an application did not start beside what serves; what waits for it stays. */
    void forgetFailures(AppName declared) {
        failed.values()
                .removeIf(
                        each ->
                                each.plan().declared().equals(declared)
                                        && !left.containsKey(each.name().version()));
    }

    /** Forgets that a version did not start. */
    boolean forget(String version) {
        left.remove(version);
        return failed.remove(version) != null;
    }

    /** Keeps the sessions of a version that was stopped for a restart. */
    void left(String version, DepartingSessions sessions) {
        left.put(version, sessions);
    }

    DepartingSessions left(String version) {
        return left.getOrDefault(version, DepartingSessions.NONE);
    }

    List<FusedRoute> embedded() {
        return embedded;
    }

    void embedded(List<FusedRoute> routes) {
        embedded = List.copyOf(routes);
    }

    /** New sessions go to the newest version that runs; returns those that it supersedes. */
    List<Deployment> settleVersions() {
        List<Deployment> superseded = new ArrayList<>(serving());
        if (superseded.isEmpty()) {
            return superseded;
        }
        Deployment newest = superseded.removeLast();
        if (newest.state() == AppState.SUPERSEDED) {
            newest.on(AppState.Event.PROMOTE);
        }
        for (Deployment each : superseded) {
            if (each.state() == AppState.RUNNING) {
                each.on(AppState.Event.SUPERSEDE);
            }
        }
        return superseded;
    }

    /** Whether it has routes. */
    boolean isPublished() {
        return !current.isEmpty() || !embedded.isEmpty();
    }

    /**
     * The routes of the newest version, with those of older ones for their sessions.
     *
     * @throws IllegalArgumentException when two routes have the same pattern
     */
    ContextRoutes routes() {
        Deployment newest = newest();
        List<OlderVersion> older =
                current.values().stream()
                        .filter(each -> each != newest && each.state().isServing())
                        .sorted((one, other) -> byVersion(one.name(), other.name()))
                        .map(each -> new OlderVersion(routes(each, List.of()), each::hasSession))
                        .toList();
        return routes(newest, older);
    }

    /** The routes of one version. */
    ContextRoutes routes(@Nullable Deployment app, List<OlderVersion> older) {
        List<Route> routes = new ArrayList<>(app == null ? List.of() : app.routes());
        routes.addAll(FusedRoute.compile(path, embedded));
        return new ContextRoutes(path, routes, older);
    }

    private static int byVersion(AppName one, AppName other) {
        return one.version().compareTo(other.version());
    }

    /** How everything here is, by version, what serves first. */
    List<AppStatus> status() {
        List<Deployment> all = new ArrayList<>(current.values());
        starting.stream().filter(each -> !all.contains(each)).forEach(all::add);
        failed.values().stream().filter(each -> !all.contains(each)).forEach(all::add);
        all.addAll(retiring);
        return all.stream()
                .map(Deployment::status)
                .sorted((one, other) -> byVersion(one.name(), other.name()))
                .toList();
    }
}

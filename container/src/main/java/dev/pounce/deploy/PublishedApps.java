package dev.pounce.deploy;

import org.jspecify.annotations.Nullable;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * The applications that have routes, as they find each other. Read without a lock: applications ask
 * while another one starts, which may take its time.
 */
final class PublishedApps implements Neighbours {

    /** By context path, the newest version of each. */
    private volatile Map<String, Deployment> newest = Map.of();

    /** These are there from now on. */
    void are(Collection<AppContext> contexts) {
        Map<String, Deployment> found = new HashMap<>();
        for (AppContext each : contexts) {
            Deployment app = each.newest();
            if (app != null) {
                found.put(each.path(), app);
            }
        }
        newest = Map.copyOf(found);
    }

    @Override
    public @Nullable RunningWebApp find(String path) {
        Map<String, Deployment> all = newest;
        String contextPath = path;
        Deployment found = all.get(contextPath);
        while (found == null && !contextPath.isEmpty()) {
            contextPath = contextPath.substring(0, Math.max(0, contextPath.lastIndexOf('/')));
            found = all.get(contextPath);
        }
        return found == null ? null : found.running();
    }
}

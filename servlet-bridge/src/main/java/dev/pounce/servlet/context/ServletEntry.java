package dev.pounce.servlet.context;

import dev.pounce.servlet.model.MultipartLimits;

import jakarta.servlet.MultipartConfigElement;
import jakarta.servlet.Servlet;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.ServletSecurityElement;
import jakarta.servlet.UnavailableException;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A registered servlet and its instance, which is started by its first request unless it is loaded
 * on startup (Servlet specification, section 2.3). {@link #service} is called by many threads.
 */
public final class ServletEntry extends ComponentEntry<Servlet>
        implements ServletRegistration.Dynamic {
    private static final Logger LOG = LoggerFactory.getLogger(ServletEntry.class);

    /** The name that engines for JSP files register their servlet by. */
    private static final String JSP_SERVLET = "jsp";

    /** Whether annotations of its class count (Javadoc of ServletContext.addServlet). */
    private enum Introspection {
        /** Unless the descriptor says that it is complete. */
        AS_DECLARED,
        /** Always: it was added from code. */
        ALWAYS,
        /** Never: its instance was made by the application. */
        NEVER
    }

    private final InstantSource clock;
    private @Nullable String jspFile;
    private int loadOnStartup = -1;
    private boolean enabled = true;
    private @Nullable MultipartLimits multipart;
    private @Nullable String runAsRole;
    private Map<String, String> roleReferences = Map.of();
    private @Nullable ServletSecurityElement security;
    private Introspection introspection = Introspection.AS_DECLARED;
    private volatile @Nullable Servlet running;
    private volatile long unavailableUntil;
    private boolean ended;

    ServletEntry(String name, Registry registry, InstantSource clock) {
        super(name, Servlet.class, registry);
        this.clock = clock;
    }

    /**
     * Serves a request; starts the servlet first when nobody has yet.
     *
     * @throws UnavailableException when the servlet said that it is not available, now or for ever
     */
    public void service(ServletContext context, ServletRequest request, ServletResponse response)
            throws IOException, ServletException {
        checkAvailable();
        try {
            Servlet servlet = running;
            if (servlet == null) {
                servlet = start(context);
            }
            servlet.service(request, response);
        } catch (UnavailableException e) {
            unavailable(e);
            throw e;
        }
    }

    private void checkAvailable() throws UnavailableException {
        long until = unavailableUntil;
        if (until == 0) {
            return;
        }
        String message = "the servlet " + getName() + " is not available";
        if (until == Long.MAX_VALUE) {
            throw new UnavailableException(message);
        }
        long millis = until - clock.millis();
        if (millis > 0) {
            throw new UnavailableException(message, (int) (millis / 1000) + 1);
        }
        unavailableUntil = 0;
    }

    private void unavailable(UnavailableException e) {
        if (unavailableUntil != 0) {
            return;
        }
        LOG.warn("servlet {} says that it is not available: {}", getName(), e.getMessage());
        if (e.isPermanent()) {
            unavailableUntil = Long.MAX_VALUE;
            stop();
        } else {
            unavailableUntil = clock.millis() + Math.max(1, e.getUnavailableSeconds()) * 1000L;
        }
    }

    /**
     * Makes and initializes the instance unless that was done.
     *
     * @throws ServletException why it does not start; the next request tries again
     */
    public synchronized Servlet start(ServletContext context) throws ServletException {
        Servlet servlet = running;
        if (servlet == null) {
            if (ended) {
                throw new UnavailableException("the servlet " + getName() + " has ended");
            }
            servlet = make();
            try {
                servlet.init(config(context));
            } catch (UnavailableException e) {
                unavailable(e);
                throw e;
            }
            running = servlet;
        }
        return servlet;
    }

    /** Ends the instance, if there is one; for ever. */
    public synchronized void stop() {
        ended = true;
        Servlet servlet = running;
        running = null;
        if (servlet != null) {
            try {
                servlet.destroy();
            } catch (Exception | LinkageError | AssertionError | StackOverflowError e) {
                LOG.warn("servlet {} did not end cleanly", getName(), e);
            }
            registry().components().end(servlet);
        }
    }

    // JSP files

    /** Says that it is a JSP file, which the servlet that runs JSP files answers for. */
    void jspFile(String file) {
        jspFile = file;
    }

    @Override
    boolean isPreliminary() {
        return jspFile == null && super.isPreliminary();
    }

    /** Whether there is something that could answer. */
    public boolean hasCode() {
        return !isPreliminary();
    }

    @Override
    Servlet make() throws ServletException {
        String file = jspFile;
        if (file == null) {
            return super.make();
        }
        ServletEntry runner = registry().servlet(JSP_SERVLET);
        if (runner == null || runner.isPreliminary()) {
            throw new ServletException(
                    "the servlet "
                            + getName()
                            + " is the JSP file "
                            + file
                            + ", and there is no servlet named "
                            + JSP_SERVLET
                            + " that runs JSP files");
        }
        return runner.make();
    }

    // Registration

    @Override
    public Set<String> addMapping(String @Nullable ... urlPatterns) {
        checkOpen();
        if (urlPatterns == null || urlPatterns.length == 0) {
            throw new IllegalArgumentException(
                    "servlet " + getName() + " needs at least one url-pattern");
        }
        return registry().map(getName(), List.of(urlPatterns));
    }

    @Override
    public Collection<String> getMappings() {
        return registry().patterns(getName());
    }

    @Override
    public @Nullable String getRunAsRole() {
        return runAsRole;
    }

    @Override
    public void setRunAsRole(String role) {
        checkOpen();
        runAsRole = role;
    }

    /** Says in whose name it runs, unless somebody has said so. */
    public void runAsByDefault(@Nullable String role) {
        if (runAsRole == null) {
            runAsRole = role;
        }
    }

    /** The roles that are meant by the names that its code uses. */
    public Map<String, String> roleReferences() {
        return roleReferences;
    }

    /** Says which roles are meant by the names that its code uses. */
    public void roleReferences(Map<String, String> references) {
        roleReferences = Map.copyOf(references);
    }

    /**
     * Whether annotations of its class count.
     *
     * @param declared whether those of servlets count that descriptors declare
     */
    public boolean isIntrospected(boolean declared) {
        return switch (introspection) {
            case AS_DECLARED -> declared;
            case ALWAYS -> true;
            case NEVER -> false;
        };
    }

    /** It was added from code; says whether annotations of its class count. */
    void introspected(boolean counts) {
        introspection = counts ? Introspection.ALWAYS : Introspection.NEVER;
    }

    @Override
    public void setLoadOnStartup(int order) {
        checkOpen();
        loadOnStartup = order;
    }

    /** The order in which it is started; negative when its first request starts it. */
    public int loadOnStartup() {
        return loadOnStartup;
    }

    @Override
    public Set<String> setServletSecurity(ServletSecurityElement constraint) {
        checkOpen();
        if (constraint == null) {
            throw new IllegalArgumentException("the constraint must not be null");
        }
        security = constraint;
        Set<String> described = new LinkedHashSet<>(getMappings());
        described.retainAll(registry().constrainedPatterns());
        return described;
    }

    /** The constraint that was set from code, or null. */
    public @Nullable ServletSecurityElement security() {
        return security;
    }

    @Override
    public void setMultipartConfig(MultipartConfigElement config) {
        checkOpen();
        if (config == null) {
            throw new IllegalArgumentException("the multipart configuration must not be null");
        }
        multipart =
                new MultipartLimits(
                        config.getLocation(),
                        config.getMaxFileSize(),
                        config.getMaxRequestSize(),
                        config.getFileSizeThreshold());
    }

    /** What it takes as parts, or null when it takes none. */
    public @Nullable MultipartLimits multipart() {
        return multipart;
    }

    /** Says what it takes as parts. */
    public void multipart(MultipartLimits limits) {
        multipart = limits;
    }

    /** Whether it answers requests; a descriptor can say that it does not. */
    public boolean isEnabled() {
        return enabled;
    }

    /** Says whether it answers requests. */
    public void enabled(boolean answers) {
        enabled = answers;
    }
}

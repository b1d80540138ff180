package dev.pounce.servlet.session;

import jakarta.servlet.SessionCookieConfig;
import jakarta.servlet.http.Cookie;

import org.jspecify.annotations.Nullable;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What an application says about its session cookie while it starts. Used by one thread at a time
 * until it is frozen; from then on by many. The cookie is HttpOnly unless the application says
 * otherwise.
 */
public final class BridgeSessionCookieConfig implements SessionCookieConfig {
    private static final String DOMAIN = "Domain";
    private static final String PATH = "Path";
    private static final String MAX_AGE = "Max-Age";
    private static final String SECURE = "Secure";
    private static final String HTTP_ONLY = "HttpOnly";

    private final Map<String, String> attributes = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private @Nullable String name;
    private volatile boolean frozen;

    /** Nothing is said yet. */
    public BridgeSessionCookieConfig() {
        attributes.put(HTTP_ONLY, "true");
    }

    /** Ends the time of changes: the application is initialized. */
    public void freeze() {
        frozen = true;
    }

    /** The look of the cookie as it was said so far. */
    public SessionCookie toCookie() {
        Map<String, String> further = new TreeMap<>(attributes);
        for (String own : new String[] {DOMAIN, PATH, MAX_AGE, SECURE, HTTP_ONLY}) {
            further.keySet().removeIf(own::equalsIgnoreCase);
        }
        String known = name;
        return new SessionCookie(
                known == null ? SessionCookie.DEFAULT_NAME : known,
                getPath(),
                getDomain(),
                isSecure(),
                isHttpOnly(),
                getMaxAge(),
                further);
    }

    private void checkChangeable() {
        if (frozen) {
            throw new IllegalStateException(
                    "the session cookie was configured after the application was initialized; do"
                            + " that in web.xml, in a ServletContainerInitializer or in a"
                            + " ServletContextListener");
        }
    }

    private void put(String attribute, @Nullable String value) {
        checkChangeable();
        if (value == null) {
            attributes.remove(attribute);
        } else {
            attributes.put(attribute, value);
        }
    }

    private boolean isOn(String flag) {
        String value = attributes.get(flag);
        return value != null && (value.isEmpty() || value.equalsIgnoreCase("true"));
    }

    /**
     * Throws what a cookie of that name does.
     *
     * @throws IllegalArgumentException when the name is no token
     */
    private static void checkName(@Nullable String cookieName) {
        if (cookieName == null) {
            throw new IllegalArgumentException("a name must not be null");
        }
        new Cookie(cookieName, "");
    }

    @Override
    public void setName(@Nullable String name) {
        checkChangeable();
        checkName(name);
        this.name = name;
    }

    @Override
    public @Nullable String getName() {
        return name;
    }

    @Override
    public void setDomain(@Nullable String domain) {
        put(DOMAIN, domain);
    }

    @Override
    public @Nullable String getDomain() {
        return attributes.get(DOMAIN);
    }

    @Override
    public void setPath(@Nullable String path) {
        put(PATH, path);
    }

    @Override
    public @Nullable String getPath() {
        return attributes.get(PATH);
    }

    /** Has no effect, as the API says. */
    @Override
    @Deprecated(since = "Servlet 6.0", forRemoval = true)
    @SuppressWarnings("removal")
    public void setComment(@Nullable String comment) {
        checkChangeable();
    }

    @Override
    @Deprecated(since = "Servlet 6.0", forRemoval = true)
    @SuppressWarnings("removal")
    public @Nullable String getComment() {
        return null;
    }

    @Override
    public void setHttpOnly(boolean httpOnly) {
        put(HTTP_ONLY, httpOnly ? "true" : null);
    }

    @Override
    public boolean isHttpOnly() {
        return isOn(HTTP_ONLY);
    }

    @Override
    public void setSecure(boolean secure) {
        put(SECURE, secure ? "true" : null);
    }

    @Override
    public boolean isSecure() {
        return isOn(SECURE);
    }

    @Override
    public void setMaxAge(int seconds) {
        put(MAX_AGE, Integer.toString(seconds));
    }

    @Override
    public int getMaxAge() {
        String seconds = attributes.get(MAX_AGE);
        return seconds == null ? -1 : Integer.parseInt(seconds);
    }

    /** A null value takes the attribute back. */
    @Override
    public void setAttribute(@Nullable String attribute, @Nullable String value) {
        checkChangeable();
        if (attribute == null) {
            throw new IllegalArgumentException("the name of a cookie's attribute must not be null");
        }
        checkName(attribute);
        if (value != null && attribute.equalsIgnoreCase(MAX_AGE)) {
            Integer.parseInt(value);
        }
        put(attribute, value);
    }

    @Override
    public @Nullable String getAttribute(@Nullable String attribute) {
        return attribute == null ? null : attributes.get(attribute);
    }

    @Override
    public Map<String, String> getAttributes() {
        return Collections.unmodifiableMap(attributes);
    }
}

package dev.pounce.servlet.session;

import jakarta.servlet.SessionCookieConfig;

import org.jspecify.annotations.Nullable;

import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The session cookie of an application, until it runs; afterwards nothing may be changed. Used by
 * the thread that starts the application, then by all for reading.
 */
@SuppressWarnings("removal")
public final class BridgeSessionCookieConfig implements SessionCookieConfig {
    private static final String DEFAULT_NAME = "JSESSIONID";

    private final Map<String, String> attributes = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private @Nullable String name;
    private volatile boolean frozen;

    /** From now on setters throw. */
    public void freeze() {
        frozen = true;
    }

    private void checkOpen() {
        if (frozen) {
            throw new IllegalStateException(
                    "the session cookie can only be configured while the application starts");
        }
    }

    @Override
    public void setName(String cookieName) {
        checkOpen();
        name = cookieName;
    }

    @Override
    public @Nullable String getName() {
        return name;
    }

    /** The name that the cookie has. */
    public String effectiveName() {
        String configured = name;
        return configured == null || configured.isEmpty() ? DEFAULT_NAME : configured;
    }

    @Override
    public void setDomain(String domain) {
        setAttribute("Domain", domain);
    }

    @Override
    public @Nullable String getDomain() {
        return getAttribute("Domain");
    }

    @Override
    public void setPath(String path) {
        setAttribute("Path", path);
    }

    @Override
    public @Nullable String getPath() {
        return getAttribute("Path");
    }

    @Override
    @Deprecated
    public void setComment(String comment) {
        checkOpen();
    }

    @Override
    @Deprecated
    public @Nullable String getComment() {
        return null;
    }

    @Override
    public void setHttpOnly(boolean httpOnly) {
        setAttribute("HttpOnly", Boolean.toString(httpOnly));
    }

    @Override
    public boolean isHttpOnly() {
        return Boolean.parseBoolean(getAttribute("HttpOnly"));
    }

    @Override
    public void setSecure(boolean secure) {
        setAttribute("Secure", Boolean.toString(secure));
    }

    @Override
    public boolean isSecure() {
        return Boolean.parseBoolean(getAttribute("Secure"));
    }

    @Override
    public void setMaxAge(int seconds) {
        setAttribute("Max-Age", Integer.toString(seconds));
    }

    @Override
    public int getMaxAge() {
        String seconds = getAttribute("Max-Age");
        return seconds == null ? -1 : Integer.parseInt(seconds);
    }

    @Override
    public void setAttribute(String attribute, @Nullable String value) {
        checkOpen();
        if (attribute == null || attribute.isEmpty()) {
            throw new IllegalArgumentException("an attribute of a cookie needs a name");
        }
        if (attribute.toLowerCase(Locale.ROOT).equals("max-age") && value != null) {
            Integer.parseInt(value);
        }
        if (value == null) {
            attributes.remove(attribute);
        } else {
            attributes.put(attribute, value);
        }
    }

    @Override
    public @Nullable String getAttribute(String attribute) {
        return attributes.get(attribute);
    }

    @Override
    public Map<String, String> getAttributes() {
        return Collections.unmodifiableMap(attributes);
    }
}

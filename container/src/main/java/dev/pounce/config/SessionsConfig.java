package dev.pounce.config;

import java.time.Duration;
import java.util.List;

/** Sessions of web applications (Servlet specification, section 7). */
public record SessionsConfig(
        @Setting(
                        value =
                                "How long a session lives that nobody uses, of applications whose"
                                        + " `web.xml` or code does not say so; 0 is for ever.",
                        min = "0",
                        max = "3650d",
                        restart = true,
                        app = Setting.App.ANY)
                Duration timeout,
        @Setting(
                        value = "Name of the session cookie; else as `sessions.timeout`.",
                        restart = true,
                        app = Setting.App.ANY)
                String cookieName,
        @Setting(
                        value =
                                "Path of the session cookie, such as `/` for all applications of a"
                                        + " host; `auto` is the context path. Else as"
                                        + " `sessions.timeout`.",
                        restart = true,
                        app = Setting.App.ANY)
                String cookiePath,
        @Setting(
                        value =
                                "The SameSite attribute of the session cookie; `unset` leaves it"
                                        + " out. Else as `sessions.timeout`.",
                        restart = true,
                        app = Setting.App.ANY)
                SameSite sameSite,
        @Setting(
                        value =
                                "Whether the session cookie is Secure also where the connection"
                                        + " has no TLS, for servers behind a proxy that ends it."
                                        + " Else as `sessions.timeout`.",
                        restart = true,
                        app = Setting.App.ANY)
                boolean secure,
        @Setting(
                        value =
                                "How a client brings the identifier of its session: `cookie`,"
                                        + " `url`, or both. Else as `sessions.timeout`.",
                        restart = true,
                        app = Setting.App.ANY)
                List<Tracking> tracking) {

    /** The value of a cookie's path that stands for the application's context path. */
    public static final String AUTO = "auto";

    /** Half an hour, JSESSIONID, the context path, cookies and URLs. */
    public static final SessionsConfig DEFAULT =
            new SessionsConfig(
                    Duration.ofMinutes(30),
                    "JSESSIONID",
                    AUTO,
                    SameSite.UNSET,
                    false,
                    List.of(Tracking.COOKIE, Tracking.URL));

    /** The SameSite attribute of a cookie. */
    public enum SameSite {
        /** There is none. */
        UNSET,
        /** Sent with requests that other sites cause, too. */
        NONE,
        /** Sent with links from other sites, too. */
        LAX,
        /** Never sent with what other sites cause. */
        STRICT
    }

    /** How a client brings the identifier of its session. */
    public enum Tracking {
        /** In a cookie. */
        COOKIE,
        /** In the path of a URL. */
        URL
    }

    /**
     * Checks the settings and copies the list.
     *
     * @throws ConfigException for the first that is out of its bounds
     */
    public SessionsConfig {
        ServerConfig.schema()
                .check(
                        SessionsConfig.class,
                        timeout,
                        cookieName,
                        cookiePath,
                        sameSite,
                        secure,
                        tracking);
        tracking = List.copyOf(tracking);
        if (!cookieName.matches("[!#$%&'*+.^_`|~A-Za-z0-9-]+")) {
            throw new ConfigException(
                    "sessions.cookie_name",
                    "\"" + cookieName + "\" is no token, which a cookie's name has to be");
        }
        if (!cookiePath.equals(AUTO) && !cookiePath.matches("/[\\x21-\\x7e&&[^;,]]*")) {
            throw new ConfigException(
                    "sessions.cookie_path",
                    "\"" + cookiePath + "\" is neither auto nor a path that begins with a slash");
        }
        if (timeout.toSeconds() == 0 && !timeout.isZero()) {
            throw new ConfigException("sessions.timeout", "is less than a second");
        }
    }
}

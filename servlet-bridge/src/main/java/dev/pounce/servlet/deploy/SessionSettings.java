package dev.pounce.servlet.deploy;

import dev.pounce.config.AppConfig;
import dev.pounce.config.SessionsConfig;
import dev.pounce.servlet.context.WebContext;
import dev.pounce.servlet.model.SessionDeclaration;

import jakarta.servlet.SessionTrackingMode;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/**
 * Applies what is said of sessions: first the server's settings, which descriptors and code of the
 * application change, and at last what was set for this application, which nothing changes.
 */
final class SessionSettings {
    private static final String SAME_SITE = "SameSite";

    private SessionSettings() {}

    /** Of the application's descriptors. */
    static void apply(SessionDeclaration declared, WebContext context) {
        Integer timeout = declared.timeoutMinutes();
        if (timeout != null) {
            context.setSessionTimeout(timeout);
        }
        String name = declared.cookieName();
        if (name != null) {
            context.cookies().setName(name);
        }
        declared.cookieAttributes().forEach(context.cookies()::setAttribute);
        if (!declared.trackingModes().isEmpty()) {
            context.setSessionTrackingModes(declared.trackingModes());
        }
    }

    /** Of the server, where the application says nothing. */
    static void byDefault(SessionsConfig sessions, WebContext context) {
        timeout(sessions, context);
        if (!sessions.cookieName().equals(SessionsConfig.DEFAULT.cookieName())) {
            context.cookies().setName(sessions.cookieName());
        }
        if (!sessions.cookiePath().equals(SessionsConfig.AUTO)) {
            context.cookies().setPath(sessions.cookiePath());
        }
        if (sessions.sameSite() != SessionsConfig.SameSite.UNSET) {
            sameSite(sessions, context);
        }
        if (sessions.secure()) {
            context.cookies().setSecure(true);
        }
        context.setSessionTrackingModes(tracking(sessions));
    }

    /** Set for this application, whatever it says itself. */
    static void override(AppConfig config, WebContext context) {
        SessionsConfig sessions = config.server().sessions();
        if (config.isGiven("sessions.timeout")) {
            timeout(sessions, context);
        }
        if (config.isGiven("sessions.cookie_name")) {
            context.cookies().setName(sessions.cookieName());
        }
        if (config.isGiven("sessions.cookie_path")) {
            boolean own = sessions.cookiePath().equals(SessionsConfig.AUTO);
            context.cookies().setPath(own ? null : sessions.cookiePath());
        }
        if (config.isGiven("sessions.same_site")) {
            sameSite(sessions, context);
        }
        if (config.isGiven("sessions.secure")) {
            context.cookies().setSecure(sessions.secure());
        }
        if (config.isGiven("sessions.tracking")) {
            context.setSessionTrackingModes(tracking(sessions));
        }
    }

    private static void timeout(SessionsConfig sessions, WebContext context) {
        context.sessionTimeoutSeconds(
                (int) Math.min(sessions.timeout().toSeconds(), Integer.MAX_VALUE));
    }

    private static void sameSite(SessionsConfig sessions, WebContext context) {
        String word = sessions.sameSite().name();
        context.cookies()
                .setAttribute(
                        SAME_SITE,
                        sessions.sameSite() == SessionsConfig.SameSite.UNSET
                                ? null
                                : word.charAt(0) + word.substring(1).toLowerCase(Locale.ROOT));
    }

    private static Set<SessionTrackingMode> tracking(SessionsConfig sessions) {
        Set<SessionTrackingMode> modes = EnumSet.noneOf(SessionTrackingMode.class);
        sessions.tracking().forEach(each -> modes.add(SessionTrackingMode.valueOf(each.name())));
        return modes;
    }
}

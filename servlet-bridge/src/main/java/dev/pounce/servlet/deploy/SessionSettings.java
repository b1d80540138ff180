package dev.pounce.servlet.deploy;

import dev.pounce.config.AppConfig;
import dev.pounce.config.SessionsConfig;
import dev.pounce.servlet.context.ContextSessions;
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
    static void apply(SessionDeclaration declared, ContextSessions sessions) {
        Integer timeout = declared.timeoutMinutes();
        if (timeout != null) {
            sessions.timeoutMinutes(timeout);
        }
        String name = declared.cookieName();
        if (name != null) {
            sessions.cookies().setName(name);
        }
        declared.cookieAttributes().forEach(sessions.cookies()::setAttribute);
        if (!declared.trackingModes().isEmpty()) {
            sessions.trackingModes(declared.trackingModes());
        }
    }

    /** Of the server, where the application says nothing. */
    static void byDefault(SessionsConfig settings, ContextSessions sessions) {
        timeout(settings, sessions);
        if (!settings.cookieName().equals(SessionsConfig.DEFAULT.cookieName())) {
            sessions.cookies().setName(settings.cookieName());
        }
        if (!settings.cookiePath().equals(SessionsConfig.AUTO)) {
            sessions.cookies().setPath(settings.cookiePath());
        }
        if (settings.sameSite() != SessionsConfig.SameSite.UNSET) {
            sameSite(settings, sessions);
        }
        if (settings.secure()) {
            sessions.cookies().setSecure(true);
        }
        sessions.trackingModes(tracking(settings));
    }

    /** Set for this application, whatever it says itself. */
    static void override(AppConfig config, ContextSessions sessions) {
        SessionsConfig settings = config.server().sessions();
        if (config.isGiven("sessions.timeout")) {
            timeout(settings, sessions);
        }
        if (config.isGiven("sessions.cookie_name")) {
            sessions.cookies().setName(settings.cookieName());
        }
        if (config.isGiven("sessions.cookie_path")) {
            boolean own = settings.cookiePath().equals(SessionsConfig.AUTO);
            sessions.cookies().setPath(own ? null : settings.cookiePath());
        }
        if (config.isGiven("sessions.same_site")) {
            sameSite(settings, sessions);
        }
        if (config.isGiven("sessions.secure")) {
            sessions.cookies().setSecure(settings.secure());
        }
        if (config.isGiven("sessions.tracking")) {
            sessions.trackingModes(tracking(settings));
        }
    }

    private static void timeout(SessionsConfig settings, ContextSessions sessions) {
        sessions.timeoutSeconds((int) Math.min(settings.timeout().toSeconds(), Integer.MAX_VALUE));
    }

    private static void sameSite(SessionsConfig settings, ContextSessions sessions) {
        String word = settings.sameSite().name();
        sessions.cookies()
                .setAttribute(
                        SAME_SITE,
                        settings.sameSite() == SessionsConfig.SameSite.UNSET
                                ? null
                                : word.charAt(0) + word.substring(1).toLowerCase(Locale.ROOT));
    }

    private static Set<SessionTrackingMode> tracking(SessionsConfig settings) {
        Set<SessionTrackingMode> modes = EnumSet.noneOf(SessionTrackingMode.class);
        settings.tracking().forEach(each -> modes.add(SessionTrackingMode.valueOf(each.name())));
        return modes;
    }
}

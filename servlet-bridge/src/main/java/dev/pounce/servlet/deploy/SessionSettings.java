package dev.pounce.servlet.deploy;

import dev.pounce.servlet.context.WebContext;
import dev.pounce.servlet.model.SessionDeclaration;

/** Applies what descriptors say of sessions. */
final class SessionSettings {
    private SessionSettings() {}

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
}

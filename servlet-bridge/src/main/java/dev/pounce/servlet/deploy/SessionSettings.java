package dev.pounce.servlet.deploy;

import dev.pounce.servlet.context.WebContext;
import dev.pounce.servlet.model.Descriptor;
import dev.pounce.servlet.model.SessionDeclaration;

import java.util.List;

/** Applies what descriptors say of sessions; the first that says something counts. */
final class SessionSettings {
    private SessionSettings() {}

    static void apply(List<Descriptor> descriptors, WebContext context) {
        for (Descriptor each : descriptors.reversed()) {
            apply(each.session(), context);
        }
    }

    private static void apply(SessionDeclaration declared, WebContext context) {
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

package dev.pounce.servlet.model;

import jakarta.servlet.SessionTrackingMode;

import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Reads what a descriptor says of sessions. */
final class SessionElements {
    private static final Map<String, String> TEXTS = Map.of("domain", "Domain", "path", "Path");
    private static final Map<String, String> FLAGS =
            Map.of("http-only", "HttpOnly", "secure", "Secure");

    private SessionElements() {}

    static SessionDeclaration session(Element element) throws DescriptorException {
        Integer timeout =
                element.all("session-timeout").isEmpty()
                        ? null
                        : (Integer) element.integer("session-timeout", 30);
        Set<SessionTrackingMode> modes = EnumSet.noneOf(SessionTrackingMode.class);
        for (String mode : element.texts("tracking-mode")) {
            try {
                modes.add(SessionTrackingMode.valueOf(mode));
            } catch (IllegalArgumentException e) {
                throw element.wrong(
                        "<tracking-mode> must be COOKIE, URL or SSL, not \"" + mode + "\"");
            }
        }
        Element cookie = element.first("cookie-config");
        if (cookie == null) {
            return new SessionDeclaration(timeout, null, Map.of(), modes);
        }
        return new SessionDeclaration(
                timeout, cookie.optional("name"), cookieAttributes(cookie), modes);
    }

    private static Map<String, String> cookieAttributes(Element cookie) throws DescriptorException {
        Map<String, String> attributes = new LinkedHashMap<>();
        for (Map.Entry<String, String> each : TEXTS.entrySet()) {
            String value = cookie.optional(each.getKey());
            if (value != null) {
                attributes.put(each.getValue(), value);
            }
        }
        for (Map.Entry<String, String> each : FLAGS.entrySet()) {
            Boolean value = cookie.flag(each.getKey());
            if (value != null) {
                attributes.put(each.getValue(), value.toString());
            }
        }
        if (cookie.first("max-age") != null) {
            attributes.put("Max-Age", Integer.toString(cookie.integer("max-age", -1)));
        }
        for (Element each : cookie.all("attribute")) {
            attributes.put(each.required("attribute-name"), each.required("attribute-value"));
        }
        return attributes;
    }
}

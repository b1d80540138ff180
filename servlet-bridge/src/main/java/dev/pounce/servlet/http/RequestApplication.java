package dev.pounce.servlet.http;

import jakarta.servlet.ServletContext;

/**
 * The application that a request is in, and what of the request belongs to it: a dispatch may lead
 * into another one, which has sessions and listeners of its own.
 */
public interface RequestApplication {

    /** The application. */
    ServletContext context();

    /** The request's session in it. */
    SessionAccess sessions();

    /** Who is told of changes of the request's attributes. */
    AttributeEvents attributes();

    /** One without sessions and listeners. */
    static RequestApplication of(ServletContext context) {
        return new RequestApplication() {
            @Override
            public ServletContext context() {
                return context;
            }

            @Override
            public SessionAccess sessions() {
                return NotSupported.SESSIONS;
            }

            @Override
            public AttributeEvents attributes() {
                return AttributeEvents.NONE;
            }
        };
    }
}

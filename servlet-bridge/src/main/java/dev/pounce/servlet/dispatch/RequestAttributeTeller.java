package dev.pounce.servlet.dispatch;

import dev.pounce.servlet.context.WebContext;
import dev.pounce.servlet.http.AttributeEvents;

import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestAttributeEvent;
import jakarta.servlet.ServletRequestAttributeListener;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.function.BiConsumer;

/** Tells an application's listeners of changes of a request's attributes. */
record RequestAttributeTeller(WebContext context) implements AttributeEvents {
    private static final Logger LOG = LoggerFactory.getLogger(RequestAttributeTeller.class);

    @Override
    public void added(ServletRequest request, String name, Object value) {
        tell(request, name, value, ServletRequestAttributeListener::attributeAdded);
    }

    @Override
    public void removed(ServletRequest request, String name, Object value) {
        tell(request, name, value, ServletRequestAttributeListener::attributeRemoved);
    }

    @Override
    public void replaced(ServletRequest request, String name, Object before) {
        tell(request, name, before, ServletRequestAttributeListener::attributeReplaced);
    }

    private void tell(
            ServletRequest request,
            String name,
            Object value,
            BiConsumer<ServletRequestAttributeListener, ServletRequestAttributeEvent> how) {
        for (ServletRequestAttributeListener each : context.listeners().requestAttributes()) {
            try {
                how.accept(each, new ServletRequestAttributeEvent(context, request, name, value));
            } catch (Exception | LinkageError | AssertionError | StackOverflowError e) {
                LOG.error("the listener {} failed", each.getClass().getName(), e);
            }
        }
    }
}

package dev.pounce.servlet.dispatch;

import dev.pounce.servlet.context.WebContext;
import dev.pounce.servlet.http.AttributeEvents;

import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestAttributeEvent;
import jakarta.servlet.ServletRequestAttributeListener;

import java.util.function.BiConsumer;

/** Tells an application's listeners of changes of a request's attributes. */
record RequestAttributeTeller(WebContext context) implements AttributeEvents {

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
            how.accept(each, new ServletRequestAttributeEvent(context, request, name, value));
        }
    }
}

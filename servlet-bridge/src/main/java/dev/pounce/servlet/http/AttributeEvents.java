package dev.pounce.servlet.http;

import jakarta.servlet.ServletRequest;

/** Who is told when an attribute of a request has changed. */
public interface AttributeEvents {

    /** Nobody. */
    AttributeEvents NONE =
            new AttributeEvents() {
                @Override
                public void added(ServletRequest request, String name, Object value) {}

                @Override
                public void removed(ServletRequest request, String name, Object value) {}

                @Override
                public void replaced(ServletRequest request, String name, Object before) {}
            };

    /** There is a new attribute. */
    void added(ServletRequest request, String name, Object value);

    /** There is no such attribute any more. */
    void removed(ServletRequest request, String name, Object value);

    /**
     * An attribute has another value.
     *
     * @param before the former one
     */
    void replaced(ServletRequest request, String name, Object before);
}

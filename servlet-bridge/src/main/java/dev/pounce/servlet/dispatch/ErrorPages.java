package dev.pounce.servlet.dispatch;

import dev.pounce.servlet.model.ErrorPage;

import jakarta.servlet.ServletException;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which page describes which error (Servlet specification, section 10.9.2). Immutable. */
final class ErrorPages {
    private final Map<Integer, String> byStatus = new HashMap<>();
    private final Map<String, String> byException = new HashMap<>();
    private @Nullable String byDefault;

    /**
     * @param pages the first one for an error counts
     */
    ErrorPages(List<ErrorPage> pages) {
        for (ErrorPage page : pages) {
            String exception = page.exceptionType();
            if (exception != null) {
                byException.putIfAbsent(exception, page.location());
            } else if (page.status() != 0) {
                byStatus.putIfAbsent(page.status(), page.location());
            } else if (byDefault == null) {
                byDefault = page.location();
            }
        }
    }

    /** The location for a status, or null. */
    @Nullable String of(int status) {
        String location = byStatus.get(status);
        return location != null ? location : byDefault;
    }

    /**
     * The location for what a servlet threw, or null: the nearest class that has one counts, and
     * what a ServletException wraps is looked at when its own classes have none.
     */
    @Nullable String of(Throwable thrown) {
        String location = ofClass(described(thrown).getClass());
        return location != null ? location : of(500);
    }

    /** What a page is told of: what has a page of its own or, where nothing has, the root cause. */
    Throwable described(Throwable thrown) {
        Throwable each = thrown;
        while (each instanceof ServletException wrapper
                && wrapper.getRootCause() != null
                && ofClass(each.getClass()) == null) {
            each = wrapper.getRootCause();
        }
        return each;
    }

    private @Nullable String ofClass(Class<?> thrown) {
        for (Class<?> type = thrown; type != null; type = type.getSuperclass()) {
            String location = byException.get(type.getName());
            if (location != null) {
                return location;
            }
        }
        return null;
    }
}

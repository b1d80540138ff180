package dev.pounce.servlet.dispatch;

import dev.pounce.servlet.context.FilterEntry;
import dev.pounce.servlet.context.ServletEntry;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;

import java.io.IOException;

/** The filters of one request and the servlet behind them. Used by one thread at a time. */
final class Chain implements FilterChain {
    private final FilterEntry[] filters;
    private final ServletEntry servlet;
    private final ServletContext context;
    private int next;

    Chain(FilterEntry[] filters, ServletEntry servlet, ServletContext context) {
        this.filters = filters;
        this.servlet = servlet;
        this.context = context;
    }

    /** Whether all of them support asynchronous processing. */
    boolean isAsyncSupported() {
        boolean supported = servlet.isAsyncSupported();
        for (FilterEntry filter : filters) {
            supported &= filter.isAsyncSupported();
        }
        return supported;
    }

    /** Goes on with the next filter or the servlet; a filter may call it more than once. */
    @Override
    public void doFilter(ServletRequest request, ServletResponse response)
            throws IOException, ServletException {
        int mine = next;
        if (mine == filters.length) {
            servlet.service(context, request, response);
            return;
        }
        next = mine + 1;
        try {
            filters[mine].filter().doFilter(request, response, this);
        } finally {
            next = mine;
        }
    }
}

package dev.pounce.servlet.context;

import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletConfig;
import jakarta.servlet.ServletContext;

import org.jspecify.annotations.Nullable;

import java.util.Collections;
import java.util.Enumeration;

/** What a servlet or filter is told when it starts. */
record ComponentConfig(String name, ServletContext context, InitParameters parameters)
        implements ServletConfig, FilterConfig {

    @Override
    public String getServletName() {
        return name;
    }

    @Override
    public String getFilterName() {
        return name;
    }

    @Override
    public ServletContext getServletContext() {
        return context;
    }

    @Override
    public @Nullable String getInitParameter(String parameter) {
        return parameters.get(parameter);
    }

    @Override
    public Enumeration<String> getInitParameterNames() {
        return Collections.enumeration(parameters.all().keySet());
    }
}

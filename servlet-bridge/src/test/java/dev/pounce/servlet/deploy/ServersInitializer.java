package dev.pounce.servlet.deploy;

import jakarta.servlet.ServletContext;

import java.util.Set;

/** An initializer that the server of the tests brings; it acts where an application asks for it. */
public final class ServersInitializer implements ContainerInitializer {
    static final String CALLED = "dev.pounce.servlet.deploy.called";

    @Override
    public void onStartup(Set<Class<?>> types, ServletContext context) {
        if (context.getInitParameter(CALLED) != null) {
            context.setAttribute(CALLED, "called");
        }
    }
}

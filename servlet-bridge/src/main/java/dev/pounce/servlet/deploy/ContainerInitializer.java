package dev.pounce.servlet.deploy;

import jakarta.servlet.ServletContainerInitializer;

/**
 * An initializer that a part of the server brings to every application, called before the
 * application's own (Servlet specification, section 8.2.4); found by {@link
 * java.util.ServiceLoader} under this name. A {@code ServletContainerInitializer} that merely
 * stands on the server's class path is not called.
 */
public interface ContainerInitializer extends ServletContainerInitializer {}

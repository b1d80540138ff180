package dev.pounce.route;

/**
 * Which handler answers which paths of a context.
 *
 * @param pattern the paths, relative to the context path
 * @param handler who answers
 * @param name for logs
 */
public record Route(PathPattern pattern, Handler handler, String name) {}

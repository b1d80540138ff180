package dev.pounce.deploy;

import org.jboss.jandex.Index;

import java.nio.file.Path;

/**
 * A place that a webapp's classes come from.
 *
 * @param file the folder WEB-INF/classes, whether or not it is there, or a jar of WEB-INF/lib
 * @param classes what its bytecode says of its classes; a class that an earlier place has too is
 *     left out, because it is never loaded from here
 */
public record ClassArchive(Path file, Index classes) {}

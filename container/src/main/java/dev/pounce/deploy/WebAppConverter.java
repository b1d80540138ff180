package dev.pounce.deploy;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Makes webapps that were written for the {@code javax.servlet} API into such that run here; found
 * by {@link java.util.ServiceLoader}. Thread-safe.
 */
public interface WebAppConverter {

    /** Says how it converts: what another one has made, or another version, is made anew. */
    String version();

    /**
     * Converts a webapp.
     *
     * @param origin the folder of a webapp, which stays as it is
     * @param target a folder that does not exist; what is left of it after a failure is for the
     *     caller to delete
     * @throws IOException when reading or writing fails, or an archive is broken
     */
    void convert(Path origin, Path target) throws IOException;
}

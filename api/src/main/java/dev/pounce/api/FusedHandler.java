package dev.pounce.api;

import org.jspecify.annotations.Nullable;

/**
 * A fused handler written as a lambda, for the embedding API.
 *
 * @param <T> {@code byte[]} or {@link String}
 */
@FunctionalInterface
public interface FusedHandler<T> {

    /**
     * Answers a request; called by several threads at once.
     *
     * @return the content, which belongs to the server until it is sent, or null for 204
     * @throws HttpStatusException to answer with another status
     * @throws Exception anything else is answered with 500 and logged
     */
    @Nullable T handle(FusedRequest request) throws Exception;
}

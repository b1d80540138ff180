package dev.pounce.encoding;

/** A codec with memory outside the heap, used for one body after the other. */
sealed interface NativeContext permits GzipContext, ZstdContext {

    /** Forgets the last body, whatever state that is in. */
    void reset();

    /** Frees the memory. The context is unusable afterwards. */
    void destroy();
}

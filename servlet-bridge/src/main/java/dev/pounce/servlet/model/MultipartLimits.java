package dev.pounce.servlet.model;

/**
 * What a servlet takes as parts.
 *
 * @param location where they are stored; empty for the application's own place
 * @param maxFileSize bytes of one part, -1 for no limit
 * @param maxRequestSize bytes of the content, -1 for no limit
 * @param fileSizeThreshold bytes from which on a part is stored as a file
 */
public record MultipartLimits(
        String location, long maxFileSize, long maxRequestSize, int fileSizeThreshold) {}

package dev.pounce.files;

import java.io.IOException;
import java.util.List;

/**
 * A request for a file and its response, whoever carries them: an exchange, or a servlet's request
 * and response with whatever filters have put around them.
 */
public interface FileExchange {

    /** The request's method. */
    String method();

    /** Whether an application dispatches to the file; else a client asks for it. */
    boolean isDispatched();

    /** The path of the file: decoded, normalised and relative to the context path. */
    String path();

    /** The values of a field of the request. */
    List<String> fields(String name);

    /** The reference that names the same path with a slash at its end. */
    String folderLocation();

    /** The value of Content-Type for a file name. */
    String mediaType(String fileName);

    /** Sets a field of the response. */
    void field(String name, String value);

    /** Sets the status of a response that has no content. */
    void status(int status);

    /** Declares the content's length in bytes. */
    void contentLength(long length);

    /** Writes content. */
    void write(byte[] content, int offset, int length) throws IOException;

    /**
     * Answers with an error.
     *
     * @param code a code of the error catalogue
     */
    void error(int status, String code) throws IOException;
}

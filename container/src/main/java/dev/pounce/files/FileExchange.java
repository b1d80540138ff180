package dev.pounce.files;

import dev.pounce.exchange.SharedContent;
import dev.pounce.io.SharedFile;

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

    /** Whether the file is a part of somebody else's response, and so not all of its content. */
    boolean isPart();

    /**
     * Whether content gets into the response pipeline as it is written. Where something stands
     * between that may want to read it, it must not be in a content coding.
     */
    boolean isDirect();

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

    /** Adds a line of a field of the response that is a list. */
    void addField(String name, String value);

    /** Whether somebody has set a field of the response. */
    boolean hasField(String name);

    /** Sets the status. */
    void status(int status);

    /** Declares the content's length in bytes. */
    void contentLength(long length);

    /** Writes content. */
    void write(byte[] content, int offset, int length) throws IOException;

    /**
     * Writes a part of a file as content. The file may be retained until it is sent.
     *
     * @param position where the part begins in the file
     * @param count how long the part is in bytes
     * @throws java.io.EOFException when the file ends inside of the part
     */
    void transfer(SharedFile file, long position, long count) throws IOException;

    /** Writes the whole content and ends the response. */
    void finish(SharedContent content) throws IOException;

    /**
     * Answers with an error.
     *
     * @param code a code of the error catalogue
     */
    void error(int status, String code) throws IOException;
}

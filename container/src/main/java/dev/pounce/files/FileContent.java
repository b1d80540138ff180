package dev.pounce.files;

import java.io.Closeable;
import java.io.IOException;

/** The bytes of a file, ready to be sent. */
sealed interface FileContent extends Closeable permits OpenFile, KeptFile {

    /** Sends all of it as the content of a response, which may be encoded on its way. */
    void sendAll(FileExchange exchange) throws IOException;

    /** Sends a part of it as content, or as part of one. */
    void send(FileExchange exchange, ByteRange part) throws IOException;

    @Override
    void close() throws IOException;
}

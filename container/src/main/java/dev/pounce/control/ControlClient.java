package dev.pounce.control;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Asks a running server. */
public final class ControlClient {
    private ControlClient() {}

    /**
     * Asks, and waits for the answer as long as the server lives.
     *
     * @param socket the server's
     * @param words the command and its arguments
     * @throws IOException when nobody listens there, or what comes is no answer
     */
    public static Answer ask(Path socket, List<String> words) throws IOException {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(socket));
            ByteBuffer request =
                    ByteBuffer.wrap(
                            ControlProtocol.request(words).getBytes(StandardCharsets.UTF_8));
            while (request.hasRemaining()) {
                channel.write(request);
            }
            InputStream in = new BufferedInputStream(Channels.newInputStream(channel));
            int status = ControlProtocol.status(ControlProtocol.readLine(in));
            byte[] text = in.readNBytes(ControlProtocol.MAX_TEXT + 1);
            if (text.length > ControlProtocol.MAX_TEXT) {
                throw new IOException("the answer is too long");
            }
            return new Answer(status, new String(text, StandardCharsets.UTF_8));
        }
    }
}

package dev.pounce.bench.app;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.function.Supplier;

/** What a server can be asked for. */
public enum Work {
    /** The 13 bytes, from whatever a server has for it. */
    HELLO("/hello", "text/plain", () -> Content.HELLO.getBytes(US_ASCII)),
    /** The same from a servlet. */
    SERVLET("/hello", "text/plain", () -> Content.HELLO.getBytes(US_ASCII)),
    /** A small object. */
    JSON("/json", "application/json", () -> Content.json().getBytes(US_ASCII)),
    /** A counter in the client's session. */
    SESSION("/session", "text/plain", () -> new byte[10]),
    /** What was posted. */
    ECHO(
            "/echo",
            "application/octet-stream",
            () -> "0123456789abcdef".repeat(64).getBytes(US_ASCII)),
    /** A page of 16 KiB, written in small pieces. */
    PAGE("/page", "text/html", () -> String.join("", Content.page()).getBytes(US_ASCII)),
    /** 64 KiB, each flushed. */
    CHUNKS("/chunks", "text/plain", () -> join(Content.chunks())),
    /** A MiB, written 8 KiB at a time. */
    LARGE("/large", "text/plain", () -> join(Content.parts())),
    /** A file of 100 KiB. */
    FILE_100K("/files/100k.txt", "text/plain", () -> EventText.bytes(100 << 10)),
    /** A file of a MiB. */
    FILE_1M("/files/1m.txt", "text/plain", () -> EventText.bytes(1 << 20)),
    /** The 13 bytes after 100 ms. */
    SLEEP("/sleep", "text/plain", () -> Content.HELLO.getBytes(US_ASCII)),
    /** An event every 10 ms. */
    EVENTS("/events", "text/event-stream", () -> new byte[0]);

    private final String target;
    private final String type;
    private final Supplier<byte[]> content;

    Work(String target, String type, Supplier<byte[]> content) {
        this.target = target;
        this.type = type;
        this.content = content;
    }

    /** The path. */
    public String target() {
        return target;
    }

    /** The media type of the answer. */
    public String type() {
        return type;
    }

    /** The content of the answer once decoded; where it is not constant, something of its size. */
    public byte[] content() {
        return content.get();
    }

    private static byte[] join(List<byte[]> pieces) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        pieces.forEach(all::writeBytes);
        return all.toByteArray();
    }
}

package dev.pounce.deploy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** What identifies the content of a file or folder: SHA-256 over all names, lengths and bytes. */
final class ContentDigest {
    private final MessageDigest digest;

    private ContentDigest(MessageDigest digest) {
        this.digest = digest;
    }

    /**
     * The digest in hexadecimal digits.
     *
     * @param salt makes another digest of the same content
     * @throws IOException when something cannot be read
     */
    static String of(Path fileOrFolder, String salt) throws IOException {
        ContentDigest made = new ContentDigest(sha256());
        made.text(salt);
        if (Files.isDirectory(fileOrFolder)) {
            made.folder(fileOrFolder);
        } else {
            made.file(fileOrFolder);
        }
        return HexFormat.of().formatHex(made.digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private void folder(Path folder) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
            files = all.filter(Files::isRegularFile).sorted().toList();
        }
        for (Path file : files) {
            text(folder.relativize(file).toString());
            file(file);
        }
    }

    private void file(Path file) throws IOException {
        number(Files.size(file));
        try (OutputStream out = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
            Files.copy(file, out);
        }
    }

    /** With its length before it, so that nothing else reads the same. */
    private void text(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        number(bytes.length);
        digest.update(bytes);
    }

    private void number(long number) {
        digest.update(ByteBuffer.allocate(Long.BYTES).putLong(number).flip());
    }
}

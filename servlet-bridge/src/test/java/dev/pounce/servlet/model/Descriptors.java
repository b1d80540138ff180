package dev.pounce.servlet.model;

import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.function.Executable;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;

/** Descriptors out of texts. */
final class Descriptors {
    private Descriptors() {}

    static Descriptor read(String source, String xml) throws DescriptorException {
        return DescriptorReader.read(
                new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)), source);
    }

    static String refusal(Executable reading) {
        return assertThrows(DescriptorException.class, reading).getMessage();
    }
}

package dev.pounce.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

/** Where what converts webapps of javax.servlet is looked for. */
class ConvertersTest {

    @TempDir Path folder;

    /** One that is found. */
    public static final class Found implements WebAppConverter {

        @Override
        public String version() {
            return "found";
        }

        @Override
        public void convert(Path origin, Path target) {}
    }

    @AfterEach
    void forget() {
        System.clearProperty(Converters.FOLDER_PROPERTY);
    }

    private Optional<WebAppConverter> find() {
        return Converters.find(getClass().getClassLoader());
    }

    @Test
    void thereNeedBeNone() {
        assertTrue(find().isEmpty());
        System.setProperty(Converters.FOLDER_PROPERTY, folder.toString());
        assertTrue(find().isEmpty());
        System.setProperty(Converters.FOLDER_PROPERTY, folder.resolve("missing").toString());
        assertTrue(find().isEmpty());
    }

    @Test
    void oneIsFoundInTheFolder() throws Exception {
        jar(folder.resolve("any.jar"));
        System.setProperty(Converters.FOLDER_PROPERTY, folder.toString());
        assertEquals("found", find().orElseThrow().version());
    }

    /** Root reads all folders. */
    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aFolderThatCannotBeReadIsNamed() throws Exception {
        Path locked = Files.createDirectory(folder.resolve("locked"));
        Files.setPosixFilePermissions(locked, Set.of());
        assumeFalse(Files.isReadable(locked));
        System.setProperty(Converters.FOLDER_PROPERTY, locked.toString());
        ServiceConfigurationError e = assertThrows(ServiceConfigurationError.class, this::find);
        assertTrue(e.getMessage().startsWith(locked + " cannot be read: "), e.getMessage());
    }

    private static void jar(Path file) throws Exception {
        String type = Found.class.getName();
        String entry = type.replace('.', '/') + ".class";
        try (OutputStream out = Files.newOutputStream(file);
                JarOutputStream jar = new JarOutputStream(out);
                InputStream bytecode =
                        Objects.requireNonNull(
                                Found.class.getClassLoader().getResourceAsStream(entry))) {
            jar.putNextEntry(new JarEntry(entry));
            bytecode.transferTo(jar);
            jar.putNextEntry(new JarEntry("META-INF/services/" + WebAppConverter.class.getName()));
            jar.write(type.getBytes(StandardCharsets.UTF_8));
        }
    }
}

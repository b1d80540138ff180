package dev.pounce.deploy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pounce.testing.Javac;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.FutureTask;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.spi.ToolProvider;
import java.util.zip.ZipEntry;

/** Jars of a webapp: releases of Java, signatures, seals, resources, and when they are closed. */
@Timeout(60)
class WebAppLoaderJarsTest {
    @TempDir Path temp;
    private WebAppLoader loader;

    @AfterEach
    void close() throws IOException {
        if (loader != null) {
            loader.close();
        }
    }

    private WebAppLoader load(Path... places) throws IOException {
        loader = WebAppLoader.of("test", List.of(places), getClass().getClassLoader());
        return loader;
    }

    /** A class of the package {@code lib} whose text is that; returns its bytes. */
    private byte[] classBytes(String name, String text) throws IOException {
        Path folder = Files.createTempDirectory(temp, "classes");
        Path source = folder.resolve(name + ".java");
        Files.writeString(
                source,
                "package lib; public class "
                        + name
                        + " { @Override public String toString() { return \""
                        + text
                        + "\"; } }");
        assertEquals("", Javac.compile(List.of(source), folder));
        return Files.readAllBytes(folder.resolve("lib/" + name + ".class"));
    }

    private Path jar(String name, String manifest, Map<String, byte[]> entries) throws IOException {
        Path file = temp.resolve(name);
        Manifest parsed =
                new Manifest(
                        new java.io.ByteArrayInputStream(
                                ("Manifest-Version: 1.0\n" + manifest)
                                        .getBytes(StandardCharsets.UTF_8)));
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(file), parsed)) {
            for (Map.Entry<String, byte[]> each : entries.entrySet()) {
                out.putNextEntry(new ZipEntry(each.getKey()));
                out.write(each.getValue());
            }
        }
        return file;
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private String say(String name) throws Exception {
        return loader.loadClass(name).getConstructor().newInstance().toString();
    }

    private static String read(URL url) throws IOException {
        try (InputStream in = url.openStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void ofAJarForSeveralReleasesTheNewestThatRunsHereCounts() throws Exception {
        load(
                jar(
                        "mr.jar",
                        "Multi-Release: true\n",
                        Map.of(
                                "lib/Own.class", classBytes("Own", "base"),
                                "META-INF/versions/21/lib/Own.class", classBytes("Own", "21"),
                                "META-INF/versions/99/lib/Own.class", classBytes("Own", "99"),
                                "a.txt", text("base"),
                                "META-INF/versions/11/a.txt", text("eleven"))));
        assertEquals("21", say("lib.Own"));
        assertEquals("eleven", read(loader.getResource("a.txt")));
        try (InputStream in = loader.getResourceAsStream("a.txt")) {
            assertEquals("eleven", new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    @Test
    void foldersComeBeforeJarsAndEachHasItsResources() throws Exception {
        Path classes = Files.createDirectories(temp.resolve("classes/sub folder"));
        Files.writeString(classes.resolve("x y.txt"), "folder");
        Path jar =
                jar("a b.jar", "", Map.of("sub folder/x y.txt", text("jar"), "only", text("jar")));
        load(temp.resolve("classes"), jar);
        assertEquals("folder", read(loader.getResource("sub folder/x y.txt")));
        List<String> all = new ArrayList<>();
        for (URL each : Collections.list(loader.getResources("sub folder/x y.txt"))) {
            all.add(read(each));
        }
        assertEquals(List.of("folder", "jar"), all);
        assertEquals("jar", read(loader.getResource("only")));
        assertNotNull(loader.getResource("sub folder/"));
        assertNull(loader.getResource("../a b.jar"));
        assertNull(loader.getResource("/etc/hostname"));
        assertArrayEquals(
                new URL[] {temp.resolve("classes").toUri().toURL(), jar.toUri().toURL()},
                loader.getURLs());
    }

    @Test
    void aSealedPackageHasNoClassesFromElsewhere() throws Exception {
        Path sealed = jar("a.jar", "Sealed: true\n", Map.of("lib/A.class", classBytes("A", "a")));
        Path other = jar("b.jar", "", Map.of("lib/B.class", classBytes("B", "b")));
        load(sealed, other);
        assertEquals("a", say("lib.A"));
        assertTrue(loader.loadClass("lib.A").getPackage().isSealed());
        SecurityException e = assertThrows(SecurityException.class, () -> say("lib.B"));
        assertTrue(String.valueOf(e.getMessage()).contains("package lib is sealed"));
    }

    @Test
    void aPackageHasWhatItsJarSaysOfIt() throws Exception {
        load(
                jar(
                        "a.jar",
                        "Implementation-Title: Library\nImplementation-Version: 1.2\n",
                        Map.of("lib/A.class", classBytes("A", "a"))));
        Package its = loader.loadClass("lib.A").getPackage();
        assertEquals("Library", its.getImplementationTitle());
        assertEquals("1.2", its.getImplementationVersion());
        assertEquals(
                temp.resolve("a.jar").toUri().toURL(),
                loader.loadClass("lib.A").getProtectionDomain().getCodeSource().getLocation());
    }

    private static void run(String tool, String... arguments) {
        ToolProvider found = ToolProvider.findFirst(tool).orElse(null);
        if (found != null) {
            assertEquals(0, found.run(System.out, System.err, arguments));
            return;
        }
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", tool).toString());
        command.addAll(List.of(arguments));
        try {
            Process process =
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start();
            assertEquals(0, process.waitFor());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void whoSignedAClassIsKnownAndWhatWasChangedAfterwardsIsRefused() throws Exception {
        Path jar =
                jar(
                        "a.jar",
                        "",
                        Map.of(
                                "lib/A.class", classBytes("A", "aaa"),
                                "lib/B.class", classBytes("B", "bbb")));
        String store = temp.resolve("store.p12").toString();
        run(
                "keytool",
                "-genkeypair",
                "-alias",
                "me",
                "-keyalg",
                "EC",
                "-dname",
                "CN=me",
                "-storepass",
                "secret",
                "-keypass",
                "secret",
                "-keystore",
                store);
        run("jarsigner", "-keystore", store, "-storepass", "secret", jar.toString(), "me");

        load(jar);
        assertEquals("aaa", say("lib.A"));
        assertNotNull(
                loader.loadClass("lib.A").getProtectionDomain().getCodeSource().getCodeSigners());
        loader.close();

        byte[] other = classBytes("B", "xxx");
        try (var files = java.nio.file.FileSystems.newFileSystem(jar)) {
            Files.write(files.getPath("lib/B.class"), other);
        }
        load(jar);
        assertEquals("aaa", say("lib.A"));
        assertThrows(SecurityException.class, () -> say("lib.B"));
    }

    @Test
    void aJarThatTookThePlaceOfAnotherOneIsReadWhereItsUrlIsOpened() throws Exception {
        Path jar = jar("a.jar", "", Map.of("x.txt", text("one")));
        load(jar);
        assertEquals("one", read(loader.getResource("x.txt")));
        loader.close();
        Path next = jar("next.jar", "", Map.of("x.txt", text("two, and longer")));
        Files.move(next, jar, StandardCopyOption.REPLACE_EXISTING);
        load(jar);
        assertEquals("two, and longer", read(loader.getResource("x.txt")));
    }

    @Test
    void oneLoaderThatIsClosedDoesNotCloseTheJarsOfAnother() throws Exception {
        Path jar = jar("a.jar", "", Map.of("x.txt", text("x")));
        try (WebAppLoader other = WebAppLoader.of("other", List.of(jar), null)) {
            try (InputStream in = other.getResourceAsStream("x.txt")) {
                assertEquals('x', in.read());
            }
            load(jar);
            other.close();
        }
        try (InputStream in = loader.getResourceAsStream("x.txt")) {
            assertEquals('x', in.read());
        }
    }

    @Test
    void afterTheEndNothingIsFoundAnyMoreAndTheMessageSaysWhy() throws Exception {
        Path jar =
                jar(
                        "a.jar",
                        "",
                        Map.of("lib/A.class", classBytes("A", "a"), "lib/B.class", text("")));
        load(jar);
        Class<?> known = loader.loadClass("lib.A");
        loader.close();
        assertSame(known, loader.loadClass("lib.A"));
        ClassNotFoundException e =
                assertThrows(ClassNotFoundException.class, () -> loader.loadClass("lib.B"));
        assertTrue(
                String.valueOf(e.getMessage()).contains("after the application test has ended"),
                e::toString);
        assertNull(loader.getResource("lib/A.class"));
    }

    @Test
    void aJarThatIsNoneIsNamed() throws Exception {
        Path jar = Files.writeString(temp.resolve("a.jar"), "no jar");
        IOException e = assertThrows(IOException.class, () -> load(jar));
        assertTrue(
                String.valueOf(e.getMessage()).startsWith(jar + " is no valid jar"), e::toString);
    }

    @Test
    void manyThreadsThatLoadAtOnceGetTheSameClasses() throws Exception {
        Map<String, byte[]> entries = new java.util.HashMap<>();
        for (int i = 0; i < 20; i++) {
            entries.put("lib/A" + i + ".class", classBytes("A" + i, "a"));
        }
        load(jar("a.jar", "", entries));
        CyclicBarrier begin = new CyclicBarrier(8);
        List<FutureTask<List<Class<?>>>> tasks = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            FutureTask<List<Class<?>>> task =
                    new FutureTask<>(
                            () -> {
                                begin.await();
                                List<Class<?>> loaded = new ArrayList<>();
                                for (int k = 0; k < 20; k++) {
                                    loaded.add(loader.loadClass("lib.A" + k));
                                }
                                return loaded;
                            });
            tasks.add(task);
            Thread.ofPlatform().start(task);
        }
        for (FutureTask<List<Class<?>>> each : tasks) {
            assertEquals(tasks.getFirst().get(), each.get());
        }
    }
}

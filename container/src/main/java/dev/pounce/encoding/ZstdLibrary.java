package dev.pounce.encoding;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.util.Native;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Locale;
import java.util.Objects;

/**
 * zstd's native library. It is loaded once, when somebody first asks, and where that fails this is
 * said once and zstd is not offered. Thread-safe.
 */
public final class ZstdLibrary {

    /**
     * The system property with the folder below which the library lies unpacked, as {@code
     * linux/amd64/libzstd-jni-1.5.7-15.so}. Where it is set the library comes from there and
     * nothing is written; else zstd-jni looks on {@code java.library.path} and unpacks its own into
     * the folder for temporary files.
     */
    public static final String FOLDER_PROPERTY = "pounce.native";

    private static final Logger LOG = LoggerFactory.getLogger(ZstdLibrary.class);

    private ZstdLibrary() {}

    /** Whether it could be loaded. */
    public static boolean isAvailable() {
        return Loaded.PROBLEM.isEmpty();
    }

    /** Its version and where it came from, or why it is not there: a line for people. */
    public static String description() {
        return isAvailable()
                ? ("zstd-jni " + Loaded.VERSION).strip() + " from " + Loaded.ORIGIN
                : "no zstd: " + Loaded.PROBLEM;
    }

    /** The folder of a platform, below that of all libraries: {@code linux/amd64}. */
    static String platform(String osName, String architecture) {
        String name = osName.toLowerCase(Locale.ROOT);
        if (name.startsWith("mac") || name.startsWith("darwin")) {
            return "darwin/" + (architecture.equals("amd64") ? "x86_64" : architecture);
        }
        return (name.startsWith("win") ? "win" : name.replace(' ', '_')) + "/" + architecture;
    }

    private static final class Loaded {
        static final String ORIGIN;
        static final String PROBLEM;
        static final String VERSION;

        static {
            String origin = "";
            String problem = "";
            String version = "";
            try {
                origin = load();
                version = Objects.requireNonNullElse(version(), "");
            } catch (IOException | LinkageError | RuntimeException e) {
                problem = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
                problem = problem.isBlank() ? e.toString() : problem;
                LOG.warn("zstd is not offered, its library cannot be loaded: {}", problem);
                LOG.debug("zstd is not offered", e);
            }
            ORIGIN = origin;
            PROBLEM = problem;
            VERSION = version;
        }

        private Loaded() {}

        private static @Nullable String version() {
            return Zstd.class.getPackage().getImplementationVersion();
        }

        private static String load() throws IOException {
            String folder = System.getProperty(FOLDER_PROPERTY);
            if (folder == null) {
                Native.load();
                return "zstd-jni's jar or java.library.path";
            }
            Path file = find(Path.of(folder));
            loadFile(file.toAbsolutePath().toString());
            Native.assumeLoaded();
            return file.toString();
        }

        /**
         * From here and not by {@code ZstdNativePath}: a webapp with a zstd-jni of its own would
         * obey that property too, and no library can be loaded for two class loaders.
         */
        @SuppressWarnings("restricted") // the launcher enables native access
        private static void loadFile(String file) {
            System.load(file);
        }

        private static Path find(Path folder) throws IOException {
            String platform =
                    platform(System.getProperty("os.name"), System.getProperty("os.arch"));
            Path place = folder.resolve(platform);
            if (Files.isDirectory(place)) {
                try (DirectoryStream<Path> files =
                        Files.newDirectoryStream(place, "libzstd-jni-*")) {
                    Iterator<Path> found = files.iterator();
                    if (found.hasNext()) {
                        return found.next();
                    }
                }
            }
            throw new IOException(
                    "no libzstd-jni in "
                            + place
                            + "; the jar of zstd-jni has some more, unpack "
                            + platform
                            + " there");
        }
    }
}

package dev.pounce.watch;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;

/**
 * What a webapp looks like from outside: names, sizes and times of its files. Two that are equal
 * are taken for the same files. What a symbolic link leads to counts, and where it leads.
 *
 * @param code of what is only read at a deployment
 * @param rest of all other files
 * @param newest when something was written last, as far as it was asked for
 */
record Fingerprint(long code, long rest, Instant newest) {

    /** How much of a folder is looked at. */
    enum Scope {
        /** What is only read at a deployment. */
        CODE,
        /** All files. */
        ALL,
        /** All files, and when each was written, whatever the time is that it was given. */
        ALL_AND_TIMES
    }

    /** Below a webapp's folder; a change of these is a new version of it. */
    private static final List<Path> CODE =
            List.of(
                    Path.of("WEB-INF/web.xml"),
                    Path.of("WEB-INF/pounce.yaml"),
                    Path.of("WEB-INF/classes"),
                    Path.of("WEB-INF/lib"));

    /** Whether a deployment of the one is one of the other. */
    boolean hasSameCode(Fingerprint other) {
        return code == other.code;
    }

    /** Whether nothing at all has changed between two looks at all files. */
    boolean isSame(Fingerprint other) {
        return code == other.code && rest == other.rest;
    }

    /**
     * Looks at a folder or file. Files that vanish meanwhile, and what cannot be read, are left
     * out.
     *
     * @param settings files elsewhere that are read at a deployment, if they are there
     * @throws IOException when it is not there
     */
    static Fingerprint of(Path app, List<Path> settings, Scope scope) throws IOException {
        Look look = new Look(app, scope == Scope.ALL_AND_TIMES);
        Path real = app.toRealPath();
        look.code = mixed(app.toString().hashCode(), real.toString().hashCode());
        if (scope == Scope.CODE && Files.isDirectory(real)) {
            for (Path each : CODE) {
                look.at(app.resolve(each));
            }
        } else {
            look.at(app);
        }
        for (Path each : settings) {
            look.settings(each);
        }
        return new Fingerprint(look.code, look.rest, look.newest);
    }

    /** SplitMix64's finalizer: sums of such numbers tell sets of files apart in any order. */
    private static long mixed(long a, long b) {
        long z = a * 0x9E3779B97F4A7C15L + b;
        z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }

    private static final class Look extends SimpleFileVisitor<Path> {
        private final Path app;
        private final boolean times;
        private long code;
        private long rest;
        private Instant newest = Instant.MIN;

        Look(Path app, boolean times) {
            this.app = app;
            this.times = times;
        }

        void at(Path file) throws IOException {
            Files.walkFileTree(
                    file, EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, this);
        }

        void settings(Path file) {
            try {
                BasicFileAttributes attributes =
                        Files.readAttributes(file, BasicFileAttributes.class);
                code += stamp(file, attributes);
                time(file, attributes);
            } catch (IOException e) {
                // it is not there, which is as usual
            }
        }

        private static long stamp(Path name, BasicFileAttributes attributes) {
            return mixed(
                    mixed(name.toString().hashCode(), attributes.size()),
                    nanos(attributes.lastModifiedTime()));
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            Path name = app.relativize(file);
            long stamp = stamp(name, attributes);
            if (file.equals(app) || CODE.stream().anyMatch(name::startsWith)) {
                code += stamp;
            } else {
                rest += stamp;
            }
            time(file, attributes);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            time(folder, attributes);
            return FileVisitResult.CONTINUE;
        }

        private void time(Path file, BasicFileAttributes attributes) {
            if (times) {
                Instant written = written(file, attributes);
                newest = newest.isBefore(written) ? written : newest;
            }
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException e) {
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException e) {
            return FileVisitResult.CONTINUE;
        }

        private static long nanos(FileTime time) {
            Instant instant = time.toInstant();
            return instant.getEpochSecond() * 1_000_000_000L + instant.getNano();
        }

        /** A copy can have the time of its original, but not this one. */
        private static Instant written(Path file, BasicFileAttributes attributes) {
            try {
                return ((FileTime) Files.getAttribute(file, "unix:ctime")).toInstant();
            } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
                return attributes.lastModifiedTime().toInstant();
            }
        }
    }
}

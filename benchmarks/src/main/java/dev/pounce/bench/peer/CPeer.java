package dev.pounce.bench.peer;

import dev.pounce.bench.app.Work;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The yardstick in C, compiled by the machine's own compiler each time. */
record CPeer(Path source, Path output) implements Peer {

    private static final String COMPILER = "cc";
    private static final int COMPILE_SECONDS = 60;

    @Override
    public String name() {
        return "c";
    }

    @Override
    public String description() {
        return "C, an epoll loop per core";
    }

    @Override
    public Abilities abilities() {
        return Abilities.of(Work.HELLO, Work.CHUNKS);
    }

    @Override
    public Optional<String> obstacle() {
        if (!System.getProperty("os.name").equals("Linux")) {
            return Optional.of("it needs epoll, which only Linux has");
        }
        return Programs.find(COMPILER).isPresent()
                ? Optional.empty()
                : Optional.of("there is no C compiler (cc): install gcc or clang");
    }

    @Override
    public List<String> command(Purpose purpose) throws IOException, InterruptedException {
        Files.createDirectories(output);
        Path binary = output.resolve("hello");
        Path log = output.resolve("cc.log");
        Process compiler =
                new ProcessBuilder(
                                COMPILER,
                                "-std=gnu11",
                                "-O2",
                                "-pthread",
                                "-o",
                                binary.toString(),
                                source.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        if (!compiler.waitFor(COMPILE_SECONDS, TimeUnit.SECONDS)) {
            compiler.destroyForcibly();
            throw new IOException("cc took more than " + COMPILE_SECONDS + " s for " + source);
        }
        if (compiler.exitValue() != 0) {
            throw new IOException("cc failed on " + source + ": " + Files.readString(log).strip());
        }
        int cores = Runtime.getRuntime().availableProcessors();
        Path chunks = output.resolve("chunks.txt");
        Files.write(chunks, Work.CHUNKS.content());
        return List.of(binary.toString(), Integer.toString(cores), chunks.toString());
    }
}

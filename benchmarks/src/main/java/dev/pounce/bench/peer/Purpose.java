package dev.pounce.bench.peer;

import java.util.List;

/** What a server is started for. */
public enum Purpose {
    /** Its requests are measured: all servers in Java have the same heap. */
    LOAD(List.of("-Xms512m", "-Xmx512m")),
    /** Connections stay open that nothing is asked for, longer than servers allow by themselves. */
    IDLE(List.of("-Xms512m", "-Xmx512m", "-D" + Standby.KEEP_ALIVE + "=600")),
    /** Its start and its memory are measured: the JVM has the heap that it gives itself. */
    FOOTPRINT(List.of()),
    /** Its answers are looked at, and it ends: nothing is compiled for longer than it runs. */
    CHECK(List.of("-XX:TieredStopAtLevel=1"));

    private final List<String> javaOptions;

    Purpose(List<String> javaOptions) {
        this.javaOptions = javaOptions;
    }

    /** Options for the JVM. */
    List<String> javaOptions() {
        return javaOptions;
    }
}

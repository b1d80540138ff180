package dev.pounce.config;

import java.time.Duration;
import java.util.List;

/** Content that an application writes and does not flush. */
public record StreamingConfig(
        @Setting(
                        value =
                                "Media types of which every write is flushed at once, for"
                                    + " applications that never flush: what one call of a stream or"
                                    + " a writer writes, `println` and `printf` included; of"
                                    + " characters or bytes that come one by one, a line. `*` as in"
                                    + " `compression.types`. Content of a declared length is no"
                                    + " stream and not affected.",
                        app = Setting.App.ANY)
                List<String> immediate,
        @Setting(
                        value =
                                "How long what a servlet has written to a response that has"
                                        + " begun may wait for more before the server flushes it;"
                                        + " such as `20ms`. 0 has it wait until the application"
                                        + " flushes or the buffer is full.",
                        min = "0",
                        max = "1m",
                        app = Setting.App.ANY)
                Duration maxDelay) {

    /**
     * Checks the settings of this level and copies the list.
     *
     * @throws ConfigException for the first that is out of its bounds
     */
    public StreamingConfig {
        ServerConfig.schema().check(StreamingConfig.class, immediate, maxDelay);
        immediate = List.copyOf(immediate);
    }
}

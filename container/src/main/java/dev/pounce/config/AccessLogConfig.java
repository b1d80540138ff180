package dev.pounce.config;

import java.nio.file.Path;

/** The access log. */
public record AccessLogConfig(
        @Setting(value = "Whether requests are logged.", restart = true) boolean enabled,
        @Setting(
                        value =
                                "The file; its folder is made where it is missing. Relative"
                                        + " paths as for `webapps`.",
                        restart = true)
                Path file,
        @Setting(
                        value =
                                "How a line is written: `combined` is Apache's combined format"
                                        + " and behind it the duration in microseconds, the content"
                                        + " coding, the ratio that it came to and the request's"
                                        + " identifier; `json` is an object with these and more,"
                                        + " among them the host that was asked for where there are"
                                        + " `hosts`.",
                        restart = true)
                Format format,
        @Setting(
                        value =
                                "Size above which the file is put aside and a new one begun; 0"
                                        + " is no limit.",
                        min = "0",
                        bytes = true,
                        restart = true)
                long maxSize,
        @Setting(
                        value =
                                "Whether the file is put aside with the first request of a new"
                                        + " day.",
                        restart = true)
                boolean daily,
        @Setting(
                        value =
                                "Files that were put aside and are kept, `.1` the newest; older"
                                        + " ones are deleted.",
                        min = "0",
                        max = "10000",
                        restart = true)
                int keep,
        @Setting(
                        value =
                                "Memory for lines that wait to be written. Requests never wait"
                                        + " for the disk: lines that do not fit are dropped and"
                                        + " counted.",
                        min = "64KiB",
                        max = "1GiB",
                        bytes = true,
                        restart = true)
                int queue) {

    /** How a request is logged. */
    public enum Format {
        /** Apache's combined format and some columns more. */
        COMBINED,
        /** A JSON object. */
        JSON
    }

    /**
     * Checks the settings.
     *
     * @throws ConfigException for the first that is out of its bounds
     */
    public AccessLogConfig {
        ServerConfig.schema()
                .check(AccessLogConfig.class, enabled, file, format, maxSize, daily, keep, queue);
    }
}

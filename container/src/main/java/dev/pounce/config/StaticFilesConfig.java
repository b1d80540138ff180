package dev.pounce.config;

import java.time.Duration;
import java.util.List;

/** Files of web applications. */
public record StaticFilesConfig(
        @Setting(
                        value =
                                "Whether a client that takes the coding gets `a.css.zst` or"
                                        + " `a.css.gz` for `a.css`, where such a file is beside it"
                                        + " and not older.",
                        restart = true,
                        app = Setting.App.ANY)
                boolean precompressed,
        @Setting(
                        value =
                                "The Cache-Control of files. Each element is a pattern and the"
                                        + " directives, with spaces between them, such as"
                                        + " `/assets/** public max-age=31536000 immutable`; the"
                                        + " first one that matches counts. `*` stands for any"
                                        + " characters but slashes, `**` for any characters, `?`"
                                        + " for one; a pattern without a slash is matched with the"
                                        + " file's name, every other one with the path within the"
                                        + " application. Files that no pattern matches have none.",
                        restart = true,
                        app = Setting.App.ANY)
                List<String> cacheControl,
        @Setting(
                        value =
                                "Ranges that one request may ask for; more are answered with"
                                        + " 416.",
                        min = "1",
                        max = "1000",
                        restart = true,
                        app = Setting.App.ANY)
                int maxRanges,
        @Setting(
                        value =
                                "Bound on the memory for small files that are asked for often,"
                                        + " which are kept with their coded forms. 0 keeps"
                                        + " none.",
                        min = "0",
                        max = "1TiB",
                        bytes = true,
                        restart = true)
                long memory,
        @Setting(
                        value = "Files above this size are never kept.",
                        min = "0",
                        max = "16MiB",
                        bytes = true,
                        restart = true)
                int maxKept,
        @Setting(
                        value =
                                "How long the server goes by what it has found out about a"
                                        + " file (that it is there, its size and time, what lies"
                                        + " encoded beside it) before it looks again. 0 has it"
                                        + " look for each request, as it always does while"
                                        + " `development.enabled`.",
                        min = "0",
                        max = "1h",
                        restart = true)
                Duration checkAfter) {

    /**
     * Checks the settings of this level and copies the list.
     *
     * @throws ConfigException for the first that is out of its bounds
     */
    public StaticFilesConfig {
        ServerConfig.schema()
                .check(
                        StaticFilesConfig.class,
                        precompressed,
                        cacheControl,
                        maxRanges,
                        memory,
                        maxKept,
                        checkAfter);
        cacheControl = List.copyOf(cacheControl);
        rules(cacheControl);
    }

    /** The rules for Cache-Control, in their order. */
    public List<CacheRule> cacheRules() {
        return rules(cacheControl);
    }

    private static List<CacheRule> rules(List<String> texts) {
        return texts.stream().map(CacheRule::of).toList();
    }
}

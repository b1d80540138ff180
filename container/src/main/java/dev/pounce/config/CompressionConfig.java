package dev.pounce.config;

import java.util.List;

/** Content codings of responses (RFC 9110 section 8.4). */
public record CompressionConfig(
        @Setting(value = "Whether responses are encoded at all.", app = Setting.App.ANY)
                boolean enabled,
        @Setting(
                        value =
                                "Bodies whose length is known and below this are sent as they"
                                        + " are.",
                        min = "0",
                        max = "1GiB",
                        bytes = true,
                        app = Setting.App.ANY)
                long minSize,
        @Setting(
                        value =
                                "Media types worth encoding; `*` stands for any characters on its"
                                        + " side of the slash.",
                        app = Setting.App.ANY)
                List<String> types,
        @Setting(
                        value =
                                "What becomes of a response that has a strong ETag: `weaken`"
                                    + " encodes it and makes the tag weak, `identity` sends it as"
                                    + " it is.",
                        app = Setting.App.ANY)
                StrongEtag strongEtag,
        @Setting(
                        value =
                                "What becomes of a response, other than a file, to a request that"
                                    + " another site's page has made a browser send, which could"
                                    + " guess what is in it by its compressed length (BREACH):"
                                    + " `encode` encodes it, `identity_over_tls` sends it as it is"
                                    + " where the connection is protected by TLS, `identity`"
                                    + " always, for servers behind a proxy that ends TLS.",
                        app = Setting.App.ANY)
                CrossSite crossSite,
        @Setting(
                        value =
                                "Other settings for some paths. Each element is a pattern and the"
                                    + " settings, with spaces between them, such as `/shop/**"
                                    + " zstd.level=3 min_size=1KiB types=text/html;text/css`; the"
                                    + " first one that matches counts, and what it does not name is"
                                    + " as it is here. `*` stands for any characters but slashes,"
                                    + " `**` for any characters, `?` for one; a pattern is matched"
                                    + " with the whole path, the application's context path"
                                    + " included.",
                        app = Setting.App.ANY)
                List<String> rules,
        @Setting(
                        value =
                                "Bound on the native memory of all encoders together. When it"
                                        + " is used up, further responses are sent as they are."
                                        + " With the defaults an event stream takes 61 KiB in zstd,"
                                        + " any other response of unknown length 955 KiB, and each"
                                        + " in gzip 264 KiB.",
                        min = "0",
                        max = "1TiB",
                        bytes = true)
                long memory,
        @Setting("The zstd coding (RFC 8878).") Zstd zstd,
        @Setting("The gzip coding (RFC 1952).") Gzip gzip) {

    /**
     * Checks the settings of this level and copies the lists.
     *
     * @throws ConfigException for the first that is out of its bounds
     */
    public CompressionConfig {
        ServerConfig.schema()
                .check(
                        CompressionConfig.class,
                        enabled,
                        minSize,
                        types,
                        strongEtag,
                        crossSite,
                        rules,
                        memory,
                        zstd,
                        gzip);
        types = List.copyOf(types);
        rules = List.copyOf(rules);
    }

    /** What becomes of a response that has a strong entity tag (RFC 9110 section 8.8.1). */
    public enum StrongEtag {
        /** It is encoded, and the tag becomes weak. */
        WEAKEN,
        /** It is sent as it is, unless the client refuses that. */
        IDENTITY
    }

    /** What becomes of a response to a request that another site's page has made. */
    public enum CrossSite {
        /** It is encoded like any other one. */
        ENCODE,
        /** It is sent as it is where the connection is protected by TLS. */
        IDENTITY_OVER_TLS,
        /** It is sent as it is. */
        IDENTITY
    }

    /** The zstd coding (RFC 8878). */
    public record Zstd(
            @Setting(
                            value =
                                    "Whether zstd is offered. It goes before gzip where a client"
                                            + " takes both.",
                            app = Setting.App.ANY)
                    boolean enabled,
            @Setting(
                            value = "Compression level; higher is smaller and slower.",
                            min = "1",
                            max = "9",
                            app = Setting.App.ANY)
                    int level,
            @Setting(
                            value =
                                    "Logarithm of the window's size: each response that streams"
                                        + " costs a small multiple of it. Browsers decode up to 23"
                                        + " (RFC 9659). A response of known length gets no larger"
                                        + " one than it needs.",
                            min = "10",
                            max = "23",
                            app = Setting.App.ANY)
                    int windowLog,
            @Setting(
                            value =
                                    "The same for event streams and NDJSON of unknown length, which"
                                            + " stay open for long and are many.",
                            min = "10",
                            max = "23",
                            app = Setting.App.ANY)
                    int eventWindowLog) {

        /**
         * Checks the settings.
         *
         * @throws ConfigException for the first that is out of its bounds
         */
        public Zstd {
            ServerConfig.schema().check(Zstd.class, enabled, level, windowLog, eventWindowLog);
        }
    }

    /** The gzip coding (RFC 1952). */
    public record Gzip(
            @Setting(value = "Whether gzip is offered.", app = Setting.App.ANY) boolean enabled,
            @Setting(
                            value = "Compression level; higher is smaller and slower.",
                            min = "1",
                            max = "9",
                            app = Setting.App.ANY)
                    int level) {

        /**
         * Checks the settings.
         *
         * @throws ConfigException for the first that is out of its bounds
         */
        public Gzip {
            ServerConfig.schema().check(Gzip.class, enabled, level);
        }
    }
}

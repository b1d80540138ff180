package dev.pounce.server;

import dev.pounce.config.CompressionConfig;
import dev.pounce.config.CompressionRule;
import dev.pounce.config.ConfigException;
import dev.pounce.config.ServerConfig;
import dev.pounce.config.StreamingConfig;
import dev.pounce.encoding.CompressibleTypes;
import dev.pounce.encoding.ContentCoding;
import dev.pounce.encoding.EncoderPools;
import dev.pounce.encoding.EncoderProfiles;
import dev.pounce.encoding.EncoderSettings;
import dev.pounce.encoding.Offer;
import dev.pounce.encoding.ZstdLibrary;
import dev.pounce.exchange.CodingPolicies;
import dev.pounce.exchange.CodingPolicy;
import dev.pounce.exchange.ContentLimits;
import dev.pounce.exchange.ExchangeListener;
import dev.pounce.exchange.ExchangeSettings;
import dev.pounce.exchange.RequestIds;
import dev.pounce.exchange.ResponseSettings;
import dev.pounce.exchange.StreamingSettings;
import dev.pounce.exchange.TimingSettings;
import dev.pounce.io.BufferPool;
import dev.pounce.protocol.RequestParser;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * All that a reload swaps, as one immutable snapshot. It is read once for a turn or an exchange,
 * which ends with what it began with.
 *
 * @param config the configuration in force
 */
record ServerSettings(
        ServerConfig config,
        ServerLimits limits,
        RequestParser parser,
        ResponseSettings responses,
        HealthRoutes health) {

    /**
     * What all snapshots of a server share.
     *
     * @param encoders where the encoder pools come from
     * @param isReady whether the server takes requests
     * @param isDraining whether event streams are to end
     * @param clock of the connections, in nanoseconds
     */
    record Shared(
            EncoderPools encoders,
            BufferPool buffers,
            BooleanSupplier isReady,
            BooleanSupplier isDraining,
            RequestIds requestIds,
            ExchangeListener listener,
            LongSupplier clock) {}

    /**
     * Makes of a configuration what the server works with.
     *
     * @throws ConfigException when a value cannot be; nothing has changed then
     */
    static ServerSettings of(ServerConfig config, Shared shared) {
        ExchangeSettings general = exchanges(config, shared.clock());
        return new ServerSettings(
                config,
                ServerLimits.of(config),
                new RequestParser(
                        config.limits().requestLine(),
                        config.limits().head(),
                        config.limits().fields()),
                new ResponseSettings(
                        general,
                        shared.encoders()
                                .of(
                                        config.compression().memory(),
                                        encoderSettings(general.codings())),
                        shared.buffers(),
                        shared.isDraining(),
                        shared.requestIds(),
                        shared.listener()),
                new HealthRoutes(config.health(), shared.isReady()));
    }

    private static List<EncoderSettings> encoderSettings(CodingPolicies codings) {
        return codings.all().stream().map(policy -> policy.profiles().settings()).toList();
    }

    /**
     * What exchanges have that can be otherwise for one application.
     *
     * @param config the server's, as it is for the application
     * @throws ConfigException when a value cannot be
     */
    static ExchangeSettings exchanges(ServerConfig config, LongSupplier clock) {
        StreamingConfig streaming = config.streaming();
        return new ExchangeSettings(
                new CodingPolicies(policy(config.compression()), rules(config)),
                new StreamingSettings(
                        types("streaming.immediate", streaming.immediate()),
                        streaming.maxDelay().toMillis()),
                new TimingSettings(config.serverTiming(), config.serverTimingDebug(), clock),
                ContentLimits.of(config));
    }

    private static List<CodingPolicies.Rule> rules(ServerConfig config) {
        List<CodingPolicies.Rule> rules = new ArrayList<>();
        for (String text : config.compression().rules()) {
            CompressionRule rule = CompressionRule.of(text);
            try {
                rules.add(new CodingPolicies.Rule(rule::matches, policy(rule.apply(config))));
            } catch (ConfigException e) {
                throw new ConfigException(
                        "compression.rules", '"' + text + "\": " + e.getMessage());
            }
        }
        return rules;
    }

    private static CodingPolicy policy(CompressionConfig compression) {
        return new CodingPolicy(
                offer(compression),
                compression.minSize(),
                types("compression.types", compression.types()),
                compression.strongEtag() == CompressionConfig.StrongEtag.IDENTITY,
                compression.crossSite(),
                new EncoderProfiles(
                        new EncoderSettings(
                                compression.zstd().level(),
                                compression.zstd().windowLog(),
                                compression.zstd().eventWindowLog(),
                                compression.gzip().level())));
    }

    private static CompressibleTypes types(String setting, List<String> patterns) {
        try {
            return new CompressibleTypes(patterns);
        } catch (IllegalArgumentException e) {
            throw new ConfigException(setting, String.valueOf(e.getMessage()));
        }
    }

    private static Offer offer(CompressionConfig compression) {
        List<ContentCoding> codings = new ArrayList<>();
        if (compression.enabled() && compression.zstd().enabled() && ZstdLibrary.isAvailable()) {
            codings.add(ContentCoding.ZSTD);
        }
        if (compression.enabled() && compression.gzip().enabled()) {
            codings.add(ContentCoding.GZIP);
        }
        return Offer.of(codings.toArray(ContentCoding[]::new));
    }
}

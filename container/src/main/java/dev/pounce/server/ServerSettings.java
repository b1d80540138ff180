package dev.pounce.server;

import dev.pounce.config.ConfigException;
import dev.pounce.config.ServerConfig;
import dev.pounce.encoding.CompressibleTypes;
import dev.pounce.encoding.ContentCoding;
import dev.pounce.encoding.EncoderPools;
import dev.pounce.encoding.EncoderSettings;
import dev.pounce.encoding.Offer;
import dev.pounce.exchange.ExchangeListener;
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
        ServerConfig.Compression compression = config.compression();
        CompressibleTypes types = types("compression.types", compression.types());
        ServerConfig.Streaming streaming = config.streaming();
        CompressibleTypes immediate = types("streaming.immediate", streaming.immediate());
        EncoderSettings encoderSettings =
                new EncoderSettings(
                        compression.memory(),
                        compression.zstd().level(),
                        compression.zstd().windowLog(),
                        compression.gzip().level());
        return new ServerSettings(
                config,
                ServerLimits.of(config),
                new RequestParser(
                        config.limits().requestLine(),
                        config.limits().head(),
                        config.limits().fields()),
                new ResponseSettings(
                        offer(compression),
                        compression.minSize(),
                        types,
                        shared.encoders().of(encoderSettings),
                        shared.buffers(),
                        shared.isDraining(),
                        new StreamingSettings(immediate, streaming.maxDelay().toMillis()),
                        new TimingSettings(
                                config.serverTiming(), config.serverTimingDebug(), shared.clock()),
                        shared.requestIds(),
                        shared.listener()),
                new HealthRoutes(config.health(), shared.isReady()));
    }

    private static CompressibleTypes types(String setting, List<String> patterns) {
        try {
            return new CompressibleTypes(patterns);
        } catch (IllegalArgumentException e) {
            throw new ConfigException(setting, String.valueOf(e.getMessage()));
        }
    }

    private static Offer offer(ServerConfig.Compression compression) {
        List<ContentCoding> codings = new ArrayList<>();
        if (compression.enabled() && compression.zstd().enabled()) {
            codings.add(ContentCoding.ZSTD);
        }
        if (compression.enabled() && compression.gzip().enabled()) {
            codings.add(ContentCoding.GZIP);
        }
        return Offer.of(codings.toArray(ContentCoding[]::new));
    }
}

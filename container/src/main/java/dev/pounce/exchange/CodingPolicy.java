package dev.pounce.exchange;

import dev.pounce.config.CompressionConfig.CrossSite;
import dev.pounce.encoding.CompressibleTypes;
import dev.pounce.encoding.EncoderProfiles;
import dev.pounce.encoding.Offer;

/**
 * How the content of some paths is coded. Immutable.
 *
 * @param offer the content codings that are offered; none when compression is off
 * @param minSize content of a known length below this many bytes is sent as it is
 * @param types which content types are worth encoding
 * @param keepsStrongEtags whether content with a strong entity tag is sent as it is, where the
 *     client lets it; else the tag becomes weak
 * @param crossSite what is sent as it is because another site's page has asked for it
 * @param profiles what encoders are made for
 */
public record CodingPolicy(
        Offer offer,
        long minSize,
        CompressibleTypes types,
        boolean keepsStrongEtags,
        CrossSite crossSite,
        EncoderProfiles profiles) {}

package dev.pounce.exchange;

import dev.pounce.protocol.RequestHead;

import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.net.URISyntaxException;

/**
 * Tells requests that another site's page has made a browser send. Such a page may choose what is
 * reflected in the content and see how long the content is, and so, where it is compressed, guess a
 * secret that is in it (the BREACH attack).
 */
final class CrossSite {
    private CrossSite() {}

    /**
     * Whether a request was made by a page of another site, and not by a person who followed a
     * link. By Fetch Metadata; of browsers that do not send it, by Referer.
     */
    static boolean isCrossSite(RequestHead head) {
        String site = head.field("Sec-Fetch-Site");
        if (site == null) {
            String referer = head.field("Referer");
            return referer != null && isForeign(referer, head.field("Host"));
        }
        return switch (site) {
            case "same-origin", "same-site", "none" -> false;
            default -> !isTopLevelNavigation(head);
        };
    }

    private static boolean isTopLevelNavigation(RequestHead head) {
        return "navigate".equals(head.field("Sec-Fetch-Mode"))
                && "document".equals(head.field("Sec-Fetch-Dest"));
    }

    /** Ports do not make a site; what cannot be read is foreign. */
    private static boolean isForeign(String referer, @Nullable String host) {
        String from = hostOf(referer);
        return from == null || host == null || !from.equalsIgnoreCase(hostOf("http://" + host));
    }

    private static @Nullable String hostOf(String url) {
        try {
            return new URI(url).getHost();
        } catch (URISyntaxException e) {
            return null;
        }
    }
}

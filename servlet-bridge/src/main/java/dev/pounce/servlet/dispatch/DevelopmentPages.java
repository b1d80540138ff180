package dev.pounce.servlet.dispatch;

import dev.pounce.develop.Development;
import dev.pounce.develop.ErrorPage;
import dev.pounce.develop.Sources;
import dev.pounce.exchange.Exchange;

import org.jspecify.annotations.Nullable;

/**
 * Pages that show developers what was thrown.
 *
 * @param development who is a developer
 * @param sources those of the application
 */
public record DevelopmentPages(Development development, Sources sources) {
    /** No client is a developer. */
    public static final DevelopmentPages NONE =
            new DevelopmentPages(Development.NONE, Sources.NONE);

    /** The page for what an exchange came to; null for those who are not to see it. */
    @Nullable String of(Exchange exchange, String title, Throwable thrown) {
        return development.isShownTo(exchange)
                ? ErrorPage.of(title, thrown, exchange.request(), sources)
                : null;
    }
}

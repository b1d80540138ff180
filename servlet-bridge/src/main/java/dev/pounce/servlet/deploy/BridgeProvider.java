package dev.pounce.servlet.deploy;

import dev.pounce.deploy.RunningWebApp;
import dev.pounce.deploy.WebAppProvider;
import dev.pounce.deploy.WebAppSource;

import java.nio.file.Files;

/** Runs webapps that have servlets, filters, listeners or initializers. */
public final class BridgeProvider implements WebAppProvider {

    @Override
    public boolean accepts(WebAppSource source) {
        return Files.exists(source.root().resolve("WEB-INF/web.xml"))
                || AnnotationReader.isAnnotated(source.index())
                || Initializers.arePresent(source.loader())
                || source.loader().getResource("META-INF/web-fragment.xml") != null;
    }

    @Override
    public RunningWebApp start(WebAppSource source) throws Exception {
        return ServletWebApp.start(source);
    }
}

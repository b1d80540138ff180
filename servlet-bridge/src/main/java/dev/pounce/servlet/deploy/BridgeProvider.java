package dev.pounce.servlet.deploy;

import dev.pounce.config.ServerConfig;
import dev.pounce.deploy.RunningWebApp;
import dev.pounce.deploy.WebAppProvider;
import dev.pounce.deploy.WebAppSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

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
    public List<String> problems(Path root) {
        try {
            Declarations.check(root);
            return List.of();
        } catch (IOException | DeclarationException e) {
            return List.of(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public List<String> problems(ServerConfig config) {
        try {
            ServerUsers.read(config);
            return List.of();
        } catch (IOException e) {
            return List.of("users: " + e.getMessage());
        }
    }

    @Override
    public RunningWebApp start(WebAppSource source) throws Exception {
        return ServletWebApp.start(source);
    }
}

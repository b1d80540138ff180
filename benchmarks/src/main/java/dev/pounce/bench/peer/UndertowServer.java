package dev.pounce.bench.peer;

import dev.pounce.bench.app.Work;

import io.undertow.Handlers;
import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.predicate.Predicates;
import io.undertow.server.HttpHandler;
import io.undertow.server.handlers.encoding.ContentEncodingRepository;
import io.undertow.server.handlers.encoding.EncodingHandler;
import io.undertow.server.handlers.encoding.GzipEncodingProvider;
import io.undertow.server.handlers.resource.PathResourceManager;
import io.undertow.servlet.Servlets;
import io.undertow.servlet.api.DeploymentInfo;
import io.undertow.servlet.api.DeploymentManager;

import jakarta.servlet.Servlet;
import jakarta.servlet.ServletException;

import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

import java.net.InetSocketAddress;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;

import javax.xml.parsers.DocumentBuilderFactory;

/**
 * The web application in Undertow, which reads no descriptors: the servlets of the application's
 * web.xml are registered here.
 */
public final class UndertowServer {

    private UndertowServer() {}

    /**
     * Runs until the end of standard input.
     *
     * @param args the application's folder
     */
    public static void main(String[] args) throws Exception {
        Undertow.Builder builder =
                Undertow.builder()
                        .addHttpListener(0, "127.0.0.1", coding(deploy(Path.of(args[0]))));
        Standby.keepAlive()
                .ifPresent(
                        time ->
                                builder.setServerOption(
                                        UndertowOptions.NO_REQUEST_TIMEOUT, (int) time.toMillis()));
        Undertow server = builder.build();
        server.start();
        InetSocketAddress address =
                (InetSocketAddress) server.getListenerInfo().getFirst().getAddress();
        Standby.serve(address.getPort());
    }

    private static HttpHandler deploy(Path folder) throws Exception {
        URL classes = folder.resolve("WEB-INF/classes").toUri().toURL();
        URLClassLoader loader =
                new URLClassLoader(new URL[] {classes}, UndertowServer.class.getClassLoader());
        DeploymentInfo deployment =
                Servlets.deployment()
                        .setClassLoader(loader)
                        .setContextPath("/")
                        .setDeploymentName("bench")
                        .setResourceManager(new PathResourceManager(folder));
        Document descriptor =
                DocumentBuilderFactory.newInstance()
                        .newDocumentBuilder()
                        .parse(folder.resolve("WEB-INF/web.xml").toFile());
        NodeList servlets = descriptor.getElementsByTagName("servlet");
        NodeList mappings = descriptor.getElementsByTagName("servlet-mapping");
        for (int i = 0; i < servlets.getLength(); i++) {
            Element servlet = (Element) servlets.item(i);
            Element mapping = (Element) mappings.item(i);
            Class<? extends Servlet> type =
                    loader.loadClass(text(servlet, "servlet-class")).asSubclass(Servlet.class);
            deployment.addServlet(
                    Servlets.servlet(text(servlet, "servlet-name"), type)
                            .addMapping(text(mapping, "url-pattern")));
        }
        return start(deployment);
    }

    private static HttpHandler start(DeploymentInfo deployment) throws ServletException {
        DeploymentManager manager = Servlets.defaultContainer().addDeployment(deployment);
        manager.deploy();
        return manager.start();
    }

    private static String text(Element parent, String tag) {
        return parent.getElementsByTagName(tag).item(0).getTextContent().strip();
    }

    /** What is not worth coding does not pay for the handler's decision. */
    private static HttpHandler coding(HttpHandler application) {
        ContentEncodingRepository codings =
                new ContentEncodingRepository()
                        .addEncodingHandler("gzip", new GzipEncodingProvider(), 50);
        return Handlers.predicate(
                Predicates.paths(
                        Work.PAGE.target(),
                        Work.CHUNKS.target(),
                        Work.LARGE.target(),
                        Work.EVENTS.target()),
                new EncodingHandler(application, codings),
                application);
    }
}

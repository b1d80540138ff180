package dev.pounce.bench.peer;

import dev.pounce.bench.app.Work;

import org.apache.catalina.Context;
import org.apache.catalina.Lifecycle;
import org.apache.catalina.LifecycleEvent;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;

import java.nio.file.Path;
import java.util.List;

/** The web application in Tomcat, without a limit on the requests of a connection. */
public final class TomcatServer {

    private TomcatServer() {}

    /**
     * Runs until the end of standard input.
     *
     * @param args one of {@link Threads}, a directory for Tomcat's working files, and the
     *     application's folder
     */
    public static void main(String[] args) throws Exception {
        Threads threads = Threads.valueOf(args[0]);
        Tomcat tomcat = new Tomcat();
        tomcat.setBaseDir(Path.of(args[1], "tomcat-" + threads.label()).toString());
        Connector connector = new Connector();
        connector.setPort(0);
        set(connector, "address", "127.0.0.1");
        set(connector, "maxKeepAliveRequests", "-1");
        set(connector, "maxConnections", "20000");
        set(connector, "acceptCount", "2048");
        set(connector, "useVirtualThreads", Boolean.toString(threads == Threads.VIRTUAL));
        set(connector, "compression", "on");
        set(
                connector,
                "compressibleMimeType",
                Work.PAGE.type() + ',' + Work.LARGE.type() + ',' + Work.EVENTS.type());
        Standby.keepAlive()
                .ifPresent(
                        time -> set(connector, "keepAliveTimeout", Long.toString(time.toMillis())));
        tomcat.setConnector(connector);
        Context context = tomcat.addWebapp("", args[2]);
        context.addLifecycleListener(event -> withoutPages(context, event));
        tomcat.start();
        Standby.serve(connector.getLocalPort());
    }

    /** Takes out the servlet for JSP that Tomcat registers whether or not there is one. */
    private static void withoutPages(Context context, LifecycleEvent event) {
        if (event.getType().equals(Lifecycle.BEFORE_START_EVENT)) {
            List.of("*.jsp", "*.jspx").forEach(context::removeServletMapping);
            context.removeChild(context.findChild("jsp"));
        }
    }

    private static void set(Connector connector, String name, String value) {
        if (!connector.setProperty(name, value)) {
            throw new IllegalStateException("Tomcat's connector has no " + name);
        }
    }
}

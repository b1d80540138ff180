package dev.pounce.bench.peer;

import org.apache.catalina.Context;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;

/** Tomcat with servlets and without a limit on the requests of a connection. */
public final class TomcatServer {

    private TomcatServer() {}

    /**
     * Runs until the end of standard input.
     *
     * @param args one of {@link Threads}, and a directory for Tomcat's working files
     */
    public static void main(String[] args) throws Exception {
        Threads threads = Threads.valueOf(args[0]);
        Tomcat tomcat = new Tomcat();
        tomcat.setBaseDir(args[1] + "/tomcat-" + threads.label());
        Connector connector = new Connector();
        connector.setPort(0);
        set(connector, "address", "127.0.0.1");
        set(connector, "maxKeepAliveRequests", "-1");
        set(connector, "useVirtualThreads", Boolean.toString(threads == Threads.VIRTUAL));
        tomcat.setConnector(connector);
        Context context = tomcat.addContext("", null);
        Tomcat.addServlet(context, "hello", TextServlet.hello()).addMapping("/hello");
        Tomcat.addServlet(context, "burn", TextServlet.burn()).addMapping("/burn");
        tomcat.start();
        Standby.serve(connector.getLocalPort());
    }

    private static void set(Connector connector, String name, String value) {
        if (!connector.setProperty(name, value)) {
            throw new IllegalStateException("Tomcat's connector has no " + name);
        }
    }
}

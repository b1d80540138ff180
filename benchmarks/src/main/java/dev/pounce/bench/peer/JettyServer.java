package dev.pounce.bench.peer;

import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

import java.util.concurrent.Executors;

/** Jetty with servlets. */
public final class JettyServer {

    private JettyServer() {}

    /**
     * Runs until the end of standard input.
     *
     * @param args one of {@link Threads}
     */
    public static void main(String[] args) throws Exception {
        QueuedThreadPool pool = new QueuedThreadPool();
        if (Threads.valueOf(args[0]) == Threads.VIRTUAL) {
            pool.setVirtualThreadsExecutor(Executors.newVirtualThreadPerTaskExecutor());
        }
        Server server = new Server(pool);
        ServerConnector connector = new ServerConnector(server);
        connector.setHost("127.0.0.1");
        connector.setPort(0);
        server.addConnector(connector);
        ServletContextHandler context = new ServletContextHandler("/");
        context.addServlet(new ServletHolder(TextServlet.hello()), "/hello");
        context.addServlet(new ServletHolder(TextServlet.burn()), "/burn");
        server.setHandler(context);
        server.start();
        Standby.serve(connector.getLocalPort());
    }
}

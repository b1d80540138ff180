package dev.pounce.bench.peer;

import dev.pounce.bench.app.Work;

import org.eclipse.jetty.compression.gzip.GzipCompression;
import org.eclipse.jetty.compression.gzip.GzipEncoderConfig;
import org.eclipse.jetty.compression.server.CompressionConfig;
import org.eclipse.jetty.compression.server.CompressionHandler;
import org.eclipse.jetty.compression.zstandard.ZstandardCompression;
import org.eclipse.jetty.ee11.webapp.WebAppContext;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

import java.util.List;
import java.util.concurrent.Executors;

/** The web application in Jetty. */
public final class JettyServer {

    private JettyServer() {}

    /**
     * Runs until the end of standard input.
     *
     * @param args one of {@link Threads}, and the application's folder
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
        connector.setAcceptQueueSize(2048);
        Standby.keepAlive().ifPresent(time -> connector.setIdleTimeout(time.toMillis()));
        server.addConnector(connector);
        WebAppContext context = new WebAppContext();
        context.setContextPath("/");
        context.setWar(args[1]);
        server.setHandler(compressing(context));
        server.start();
        Standby.serve(connector.getLocalPort());
    }

    /**
     * What is not worth coding does not pay for the handler's decision. Jetty has to be told which
     * deflate streams are flushed where the application flushes, which makes others larger.
     */
    private static Handler compressing(Handler application) {
        GzipEncoderConfig flushing = new GzipEncoderConfig();
        flushing.setSyncFlush(true);
        Handler whole =
                compressing(application, new GzipEncoderConfig(), List.of(Work.PAGE, Work.LARGE));
        return compressing(whole, flushing, List.of(Work.CHUNKS, Work.EVENTS));
    }

    private static Handler compressing(
            Handler application, GzipEncoderConfig config, List<Work> works) {
        GzipCompression gzip = new GzipCompression();
        gzip.setDefaultEncoderConfig(config);
        CompressionHandler handler = new CompressionHandler(application);
        handler.putCompression(gzip);
        handler.putCompression(new ZstandardCompression());
        for (Work work : works) {
            handler.putConfiguration(
                    work.target(),
                    CompressionConfig.builder().compressIncludeMimeType(work.type()).build());
        }
        return handler;
    }
}

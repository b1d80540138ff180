package dev.pounce.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pounce.config.ServerConfig;
import dev.pounce.testing.TestWebApp;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The sample's event stream and Server-Timing, as Chromium sees them. */
@Timeout(120)
class ChromiumTest {
    private static final Path SAMPLE =
            Path.of(System.getProperty("pounce.root"), "webapps", "servlet");

    private static final String PAGE =
            """
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8"><title>Events</title></head><body><script>
            const lines = [];
            function report() {
                fetch('report', {method: 'POST', body: lines.join('\\n')});
            }
            window.onerror = message => { lines.push(message); report(); };
            const source = new EventSource('/servlet/events?count=5&millis=20');
            source.onmessage = event =>
                lines.push(event.lastEventId + ': ' + event.data.replace(/ at .*/, ''));
            source.addEventListener('end', async event => {
                source.close();
                lines.push('end: ' + event.data);
                const answer = await fetch('/servlet/events?count=3&millis=0');
                lines.push('coding: ' + answer.headers.get('content-encoding'));
                await answer.text();
                let entries = [];
                while (entries.length < 2) {
                    await new Promise(resume => setTimeout(resume, 10));
                    entries = performance.getEntries()
                        .filter(each => each.entryType === 'navigation'
                            || each.name.endsWith('?count=3&millis=0'));
                }
                for (const each of entries) {
                    lines.push(new URL(each.name).pathname + ': '
                        + each.serverTiming.map(metric => metric.name).join(' '));
                }
                report();
            });
            </script></body></html>
            """;

    private static final String REPORT =
            """
            import jakarta.servlet.annotation.*;
            import jakarta.servlet.http.*;
            import java.io.*;
            import java.util.concurrent.*;

            @WebServlet("/report")
            public class Report extends HttpServlet {
                private final BlockingQueue<String> reports = new LinkedBlockingQueue<>();

                @Override
                protected void doPost(HttpServletRequest request, HttpServletResponse response)
                        throws IOException {
                    reports.add(new String(request.getInputStream().readAllBytes()));
                }

                @Override
                protected void doGet(HttpServletRequest request, HttpServletResponse response)
                        throws IOException {
                    try {
                        response.getWriter().print(reports.take());
                    } catch (InterruptedException e) {
                        throw new IOException(e);
                    }
                }
            }
            """;

    @Test
    void eventsAreReadWithZstdAndServerTimingIsShown(@TempDir Path folder) throws Exception {
        Path chromium = Tools.find("chromium", "chromium-browser", "google-chrome").orElse(null);
        assumeTrue(chromium != null, "Chromium is not installed");
        TestWebApp page =
                new TestWebApp(folder.resolve("page")).file("index.html", PAGE).compile(REPORT);
        Path log = folder.resolve("access.log");
        ServerConfig config =
                ServerConfig.defaults()
                        .with("server_timing", "on")
                        .with("access_log.enabled", "on")
                        .with("access_log.file", log.toString());
        String report;
        try (Site site = Site.of(Map.of("/page", page.root(), "/servlet", SAMPLE), config)) {
            Process browser = start(chromium, folder, site.uri("/page/").toString());
            try {
                report = site.get("/page/report").body();
            } catch (IOException e) {
                throw new IOException(Files.readString(folder.resolve("chromium.log")), e);
            } finally {
                end(browser);
            }
        }
        assertEquals(
                """
                1: event 1
                2: event 2
                3: event 3
                4: event 4
                5: event 5
                end: that was all
                coding: zstd
                /page/: parse app encode
                /servlet/events: parse\
                """,
                // only where the route was not short enough to start on the worker
                report.replace(" queue", ""));
        String events =
                Files.readAllLines(log).stream()
                        .filter(line -> line.contains("/servlet/events?count=5"))
                        .findFirst()
                        .orElseThrow();
        assertTrue(events.contains(" zstd "), events);
    }

    private static Process start(Path chromium, Path folder, String url) throws IOException {
        return new ProcessBuilder(
                        List.of(
                                chromium.toString(),
                                "--headless",
                                "--no-sandbox",
                                "--disable-gpu",
                                "--disable-dev-shm-usage",
                                "--no-first-run",
                                "--no-proxy-server",
                                "--remote-debugging-port=0",
                                "--user-data-dir=" + folder.resolve("profile"),
                                url))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("chromium.log").toFile())
                .start();
    }

    /** With all of its processes, which write to its profile. */
    private static void end(Process browser) throws InterruptedException {
        List<ProcessHandle> all = browser.descendants().toList();
        browser.destroyForcibly();
        all.forEach(ProcessHandle::destroyForcibly);
        browser.waitFor();
        all.forEach(each -> each.onExit().join());
    }
}

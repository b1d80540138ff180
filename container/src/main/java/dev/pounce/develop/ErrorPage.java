package dev.pounce.develop;

import dev.pounce.config.Redaction;
import dev.pounce.protocol.RequestHead;

import org.jspecify.annotations.Nullable;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/**
 * A page that shows a developer what was thrown, with the source around each frame, and the request
 * that led there. Everything in it is escaped, and what looks like a secret is not in it.
 */
public final class ErrorPage {
    /** The page loads nothing and runs nothing. */
    public static final String CONTENT_SECURITY_POLICY =
            "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'";

    private static final int MAX_THROWN = 10;
    private static final int MAX_FRAMES = 200;
    private static final int MAX_EXCERPTS = 30;

    private static final String STYLE =
            """
            body{font:15px/1.45 system-ui,sans-serif;margin:2rem auto;max-width:70rem;padding:0 1rem;color:#222}
            h1{font-size:1.35rem;color:#a11}h2{font-size:1.1rem;margin-top:2rem}
            pre,code,td{font-family:ui-monospace,monospace;font-size:13px}
            pre{background:#f6f6f4;border:1px solid #ddd;margin:.2rem 0 .8rem;overflow-x:auto;padding:.4rem 0}
            pre span{display:block;padding:0 .6rem}pre .at{background:#ffe3de;font-weight:600}
            pre i{color:#999;display:inline-block;font-style:normal;margin-right:.8rem;text-align:right;width:3rem}
            .frame{color:#666}.own{color:#222;font-weight:600}td{padding:0 1rem 0 0;vertical-align:top}
            footer{color:#777;margin-top:2rem}
            """;

    private final StringBuilder out = new StringBuilder();
    private final Sources sources;
    private int excerpts;

    private ErrorPage(Sources sources) {
        this.sources = sources;
    }

    /**
     * The page of a request that failed.
     *
     * @param title what happened, in a line
     * @param thrown what was thrown
     * @param request what was asked for; null where that says nothing
     */
    public static String of(
            String title, Throwable thrown, @Nullable RequestHead request, Sources sources) {
        ErrorPage page = new ErrorPage(sources);
        page.begin(title);
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        Throwable each = thrown;
        for (int i = 0; i < MAX_THROWN && each != null && seen.add(each); i++) {
            page.thrown(each, i > 0);
            each = each.getCause();
        }
        if (request != null) {
            page.request(request);
        }
        page.end();
        return page.out.toString();
    }

    private void begin(String unsafe) {
        String title = Redaction.assignments(unsafe);
        out.append("<!doctype html>\n<html lang=\"en\">\n<head><meta charset=\"utf-8\"><title>")
                .append(escape(title))
                .append("</title>\n<style>\n")
                .append(STYLE)
                .append("</style></head>\n<body>\n<h1>")
                .append(escape(title))
                .append("</h1>\n");
    }

    private void thrown(Throwable thrown, boolean isCause) {
        String message = thrown.getLocalizedMessage();
        out.append("<h2>")
                .append(isCause ? "Caused by " : "")
                .append(escape(thrown.getClass().getName()))
                .append("</h2>\n");
        if (message != null) {
            out.append("<p>").append(escape(Redaction.assignments(message))).append("</p>\n");
        }
        StackTraceElement[] frames = thrown.getStackTrace();
        for (int i = 0; i < Math.min(frames.length, MAX_FRAMES); i++) {
            frame(frames[i]);
        }
        if (frames.length > MAX_FRAMES) {
            out.append("<div class=\"frame\">and ")
                    .append(frames.length - MAX_FRAMES)
                    .append(" more</div>\n");
        }
        for (Throwable suppressed : thrown.getSuppressed()) {
            out.append("<div class=\"frame\">suppressed: ")
                    .append(escape(Redaction.assignments(suppressed.toString())))
                    .append("</div>\n");
        }
    }

    private void frame(StackTraceElement frame) {
        Sources.Excerpt excerpt = excerpts < MAX_EXCERPTS ? sources.find(frame) : null;
        out.append("<div class=\"")
                .append(excerpt == null ? "frame" : "own")
                .append("\"><code>")
                .append(escape(frame.toString()))
                .append("</code></div>\n");
        if (excerpt == null) {
            return;
        }
        excerpts++;
        out.append("<pre title=\"").append(escape(excerpt.file().toString())).append("\">");
        int number = excerpt.first();
        for (String line : excerpt.lines()) {
            out.append("<span")
                    .append(number == excerpt.number() ? " class=\"at\"" : "")
                    .append("><i>")
                    .append(number++)
                    .append("</i>")
                    .append(escape(line))
                    .append("</span>");
        }
        out.append("</pre>\n");
    }

    private void request(RequestHead request) {
        String query = request.rawQuery();
        out.append("<h2>Request</h2>\n<p><code>")
                .append(escape(request.method()))
                .append(' ')
                .append(escape(request.rawPath()))
                .append(query == null ? "" : "?" + escape(Redaction.assignments(query)))
                .append("</code></p>\n<table>\n");
        for (int i = 0; i < request.fieldCount(); i++) {
            String name = request.fieldName(i);
            out.append("<tr><td>")
                    .append(escape(name))
                    .append("</td><td>")
                    .append(
                            escape(
                                    Redaction.assignments(
                                            Redaction.value(name, request.fieldValue(i)))))
                    .append("</td></tr>\n");
        }
        out.append("</table>\n");
    }

    private void end() {
        out.append(
                "<footer>Pounce shows this because it runs for development (<code>--dev</code>);"
                        + " others get a bare error.</footer>\n</body>\n</html>\n");
    }

    private static String escape(String text) {
        StringBuilder escaped = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                default -> escaped.append(c);
            }
        }
        return escaped.toString();
    }
}

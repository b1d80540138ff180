package dev.pounce.testing;

import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A client that keeps the last cookie that it was given, and connects anew for each request. */
public final class Visitor {
    private static final Pattern GIVEN = Pattern.compile("\nSet-Cookie: ([^;\n]*)");

    private final int port;
    private String cookie = "";

    /** Without a cookie. */
    public Visitor(int port) {
        this.port = port;
    }

    /**
     * The whole answer to a request.
     *
     * @param lines further lines of its head, each with its end
     */
    public String send(String method, String target, String lines, String content)
            throws IOException {
        String answer = RawClient.ask(port, method, target, lines + cookie, content);
        Matcher given = GIVEN.matcher(answer);
        if (given.find()) {
            cookie = "Cookie: " + given.group(1) + "\n";
        }
        return answer;
    }

    /** The content of the answer to a GET. */
    public String content(String target) throws IOException {
        String answer = send("GET", target, "", "");
        return answer.substring(answer.indexOf("\n\n") + 2);
    }

    /** The line of a head in which the cookie is sent; empty without one. */
    public String cookie() {
        return cookie;
    }

    /** Has this line in place of the one that was given last. */
    public void cookie(String line) {
        cookie = line;
    }
}

package dev.pounce.servlet.http;

/** Text in HTML. */
public final class HtmlText {
    private HtmlText() {}

    /** A text that shows the same in an element and in an attribute between quotes. */
    public static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}

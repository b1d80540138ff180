package dev.pounce.samples.servlet;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** A form whose entries live in the session: POST, redirect, GET. */
@WebServlet("/guests")
public final class GuestBook extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private static final String ENTRIES = "entries";
    private static final int MOST_ENTRIES = 50;
    private static final int LONGEST_ENTRY = 200;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        response.setContentType("text/html;charset=utf-8");
        PrintWriter page = response.getWriter();
        page.print(
                """
                <!doctype html>
                <html lang="en">
                <head><meta charset="utf-8"><title>Guest book</title></head>
                <body><h1>Guest book</h1>
                """);
        page.print(
                "<form method=\"post\" action=\""
                        + escape(response.encodeURL("guests"))
                        + "\"><label>Your name <input name=\"name\" maxlength=\"200\" required>"
                        + "</label> <button>Sign</button></form>\n<ul>\n");
        for (String entry : entries(request.getSession(false))) {
            page.print("<li>" + escape(entry) + "</li>\n");
        }
        page.print("</ul></body></html>\n");
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        String name = request.getParameter("name");
        if (name == null || name.isBlank() || name.length() > LONGEST_ENTRY) {
            response.sendError(400, "a name of 1 to " + LONGEST_ENTRY + " characters is needed");
            return;
        }
        HttpSession session = request.getSession();
        List<String> entries = new ArrayList<>(entries(session));
        entries.add(name.strip());
        int from = Math.max(0, entries.size() - MOST_ENTRIES);
        session.setAttribute(ENTRIES, new ArrayList<>(entries.subList(from, entries.size())));
        response.sendRedirect(response.encodeRedirectURL("guests"));
    }

    @SuppressWarnings("unchecked")
    private static List<String> entries(HttpSession session) {
        Object entries = session == null ? null : session.getAttribute(ENTRIES);
        return entries == null ? List.of() : (List<String>) entries;
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}

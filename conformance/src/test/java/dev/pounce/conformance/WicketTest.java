package dev.pounce.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Apache Wicket: a filter that answers everything, with pages that keep state on the server. */
class WicketTest {
    private Site site;

    @BeforeEach
    void deploy() throws Exception {
        site = Site.of(Map.of("/wicket", OwnWebApps.folder("wicket")));
    }

    @AfterEach
    void stop() throws Exception {
        site.close();
    }

    /** A page, after the redirects to it. */
    private record Visit(URI uri, String page) {

        /** The path that an expression's group finds in the page. */
        String link(String expression) {
            Matcher found = Pattern.compile(expression).matcher(page);
            assertTrue(found.find(), expression + " in " + page);
            URI link = uri.resolve(found.group(1).replace("&amp;", "&"));
            return link.getRawPath() + (link.getRawQuery() == null ? "" : "?" + link.getRawQuery());
        }
    }

    private Visit follow(HttpRequest.Builder first) throws IOException, InterruptedException {
        HttpResponse<String> answer = site.send(first);
        for (int i = 0; answer.statusCode() == 302 && i < 5; i++) {
            String to = answer.headers().firstValue("Location").orElseThrow();
            answer = site.send(HttpRequest.newBuilder(answer.uri().resolve(to)));
        }
        assertEquals(200, answer.statusCode(), answer.body());
        return new Visit(answer.uri(), answer.body());
    }

    private Visit submit(Visit page, String form) throws IOException, InterruptedException {
        String action = page.link("<form[^>]* action=\"([^\"]+)\"");
        return follow(
                site.request(action, "Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(form)));
    }

    @Test
    void aFormIsCheckedAndItsGuestsAreKeptByThePage() throws Exception {
        Visit page = follow(site.request("/wicket/"));
        Visit refused = submit(page, "p%3A%3Aname=");
        assertTrue(refused.page().contains("feedbackPanelERROR"), refused.page());
        Visit one = submit(refused, "p%3A%3Aname=Zo%C3%AB");
        Visit two = submit(one, "p%3A%3Aname=%3Ci%3E");
        assertTrue(two.page().contains("<span>Zoë</span>"), two.page());
        assertTrue(two.page().contains("<span>&lt;i&gt;</span>"), two.page());
        Visit again = follow(site.request(two.uri().getRawPath() + "?" + two.uri().getRawQuery()));
        assertTrue(again.page().contains("<span>Zoë</span>"), again.page());
    }

    @Test
    void aLinkChangesThePageItIsOn() throws Exception {
        Visit page = follow(site.request("/wicket/"));
        assertTrue(page.page().contains(">0</span>"), page.page());
        Visit once = follow(site.request(page.link("<a[^>]* href=\"([^\"]+-link)\"")));
        Visit twice = follow(site.request(once.link("<a[^>]* href=\"([^\"]+-link)\"")));
        assertTrue(twice.page().contains(">2</span>"), twice.page());
    }

    @Test
    void anAjaxLinkAnswersWithThePartThatHasChanged() throws Exception {
        Visit page = follow(site.request("/wicket/"));
        String ajax = page.link("\"u\":\"([^\"]+-ajax[^\"]*)\"");
        HttpResponse<String> answer =
                site.get(
                        ajax,
                        "Wicket-Ajax",
                        "true",
                        "Wicket-Ajax-BaseURL",
                        page.uri().getRawQuery() == null ? "" : "?" + page.uri().getRawQuery());
        assertEquals(200, answer.statusCode(), answer.body());
        assertTrue(answer.headers().firstValue("Content-Type").orElse("").startsWith("text/xml"));
        assertTrue(answer.body().contains(">1</span>"), answer.body());
        Visit later = follow(site.request(page.link("<a[^>]* href=\"([^\"]+-link)\"")));
        assertTrue(later.page().contains(">2</span>"), later.page());
    }

    @Test
    void aFileIsUploadedAndAnotherDownloaded() throws Exception {
        Visit page = follow(site.request("/wicket/upload"));
        byte[] file = Multipart.file(120_000);
        String action = page.link("<form[^>]* action=\"([^\"]+)\"");
        Visit sent = follow(Multipart.send(site.request(action), null, "file", "a.bin", file));
        assertTrue(
                sent.page().contains("<span>" + Multipart.description("a.bin", file) + "</span>"),
                sent.page());
        HttpResponse<String> download = site.get(sent.link("<a[^>]* href=\"([^\"]+-download)\""));
        assertEquals("a line of a file\n".repeat(1_000), download.body());
    }

    @Test
    void resourcesOfTheFrameworkAreServedFromItsJar() throws Exception {
        Visit page = follow(site.request("/wicket/"));
        String script = page.link("<script[^>]* src=\"([^\"]+jquery[^\"]+)\"");
        HttpResponse<String> answer = site.get(script);
        assertEquals(200, answer.statusCode());
        assertTrue(answer.body().length() > 50_000, "jQuery, whole");
        assertTrue(answer.headers().firstValue("Cache-Control").isPresent());
    }

    @Test
    void aPageThatIsNotThereIs404() throws Exception {
        assertEquals(404, site.get("/wicket/nowhere").statusCode());
    }
}

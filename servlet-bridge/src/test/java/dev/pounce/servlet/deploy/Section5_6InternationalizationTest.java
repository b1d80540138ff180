package dev.pounce.servlet.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;

/** Servlet specification, section 5.6: the charset of a response follows from its locale. */
class Section5_6InternationalizationTest {
    private static final String SERVLET =
            """
            @WebServlet("/*")
            public class Speak extends HttpServlet {
                protected void service(HttpServletRequest q, HttpServletResponse r) throws IOException {
                    String before = r.getCharacterEncoding();
                    r.setContentType("text/plain");
                    r.setLocale(Locale.forLanguageTag(q.getPathInfo().substring(1)));
                    String by = r.getCharacterEncoding();
                    r.setCharacterEncoding((String) null);
                    r.getWriter().print(by + " " + before.equals(r.getCharacterEncoding()));
                }
            }
            """;

    @TempDir Path folder;

    private void assertCharsets(String descriptor, String... localesAndCharsets) throws Exception {
        try (DeployedApp app =
                DeployedApp.start(
                        DeployedApp.webapp(folder.resolve("app"), SERVLET)
                                .file("WEB-INF/web.xml", descriptor))) {
            for (int i = 0; i < localesAndCharsets.length; i += 2) {
                assertEquals(
                        localesAndCharsets[i + 1] + " true",
                        app.content("/" + localesAndCharsets[i]),
                        localesAndCharsets[i]);
            }
        }
    }

    @Test
    void withoutAMappingItIsTheCustomaryOne() throws Exception {
        assertCharsets(
                "<web-app/>",
                "ja",
                "Shift_JIS",
                "ja-JP",
                "Shift_JIS",
                "zh-TW",
                "Big5",
                "zh-CN",
                "GB2312",
                "ru",
                "ISO-8859-5",
                "de",
                "ISO-8859-1",
                "en",
                "ISO-8859-1");
    }

    @Test
    void theMappingOfTheApplicationComesFirst() throws Exception {
        assertCharsets(
                """
                <web-app>
                  <locale-encoding-mapping-list>
                    <locale-encoding-mapping><locale>ja</locale><encoding>euc-jp</encoding></locale-encoding-mapping>
                    <locale-encoding-mapping><locale>de_AT</locale><encoding>utf-8</encoding></locale-encoding-mapping>
                  </locale-encoding-mapping-list>
                </web-app>
                """,
                "ja-JP",
                "euc-jp",
                "de-AT",
                "utf-8",
                "de",
                "ISO-8859-1",
                "ko",
                "EUC-KR");
    }

    /** What the application says of all responses says more than custom does. */
    @Test
    void theEncodingOfAllResponsesComesBeforeCustom() throws Exception {
        assertCharsets(
                """
                <web-app>
                  <locale-encoding-mapping-list>
                    <locale-encoding-mapping><locale>ja</locale><encoding>euc-jp</encoding></locale-encoding-mapping>
                  </locale-encoding-mapping-list>
                  <response-character-encoding>UTF-8</response-character-encoding>
                </web-app>
                """,
                "ja",
                "euc-jp",
                "ko",
                "UTF-8",
                "en",
                "UTF-8");
    }
}

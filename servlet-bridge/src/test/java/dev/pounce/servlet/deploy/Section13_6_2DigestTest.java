package dev.pounce.servlet.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pounce.config.ServerConfig;
import dev.pounce.testing.TestWebApp;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Servlet specification, section 13.6.2: DIGEST, which is RFC 7616. */
@Timeout(60)
class Section13_6_2DigestTest {
    private static final Pattern NONCE = Pattern.compile("nonce=\"([^\"]+)\"");
    private static final String WHO =
            """
            @WebServlet("/in/*")
            public class Who extends HttpServlet {
                protected void service(HttpServletRequest q, HttpServletResponse r) throws IOException {
                    r.setContentType("text/plain;charset=iso-8859-1"); r.getWriter().print(q.getMethod() + " " + q.getRemoteUser() + " " + q.getAuthType() + " " + q.isUserInRole("a"));
                }
            }
            """;
    private static final String DESCRIPTOR =
            """
            <web-app>
              <security-constraint>
                <web-resource-collection><url-pattern>/in/*</url-pattern></web-resource-collection>
                <auth-constraint><role-name>a</role-name></auth-constraint>
              </security-constraint>
              <login-config><auth-method>DIGEST</auth-method><realm-name>the realm</realm-name></login-config>
              <security-role><role-name>a</role-name></security-role>
            </web-app>
            """;

    @TempDir static Path folder;

    private static DeployedApp app;

    @BeforeAll
    static void start() throws Exception {
        TestWebApp webapp =
                DeployedApp.webapp(folder.resolve("app"), WHO).file("WEB-INF/web.xml", DESCRIPTOR);
        Path users =
                Files.writeString(
                        folder.resolve("users.xml"),
                        """
                        <tomcat-users>
                          <user username="ada" password="s\u00e9cret" roles="a"/>
                          <user username="zo\u00eb" password="{DIGEST-SHA-256}the+realm$%s" roles="a"/>
                          <user username="tim" password="plain" roles="a"/>
                          <user username="bob" password="{SHA-256}%s" roles="a"/>
                        </tomcat-users>
                        """
                                .formatted(
                                        hash("SHA-256", "zo\u00eb:the realm:pass"),
                                        hash("SHA-256", "pass")));
        app =
                DeployedApp.start(
                        webapp,
                        ServerConfig.defaults()
                                .withUsers(users)
                                .with("security.max_failures", "0"));
    }

    @AfterAll
    static void stop() throws Exception {
        app.close();
    }

    private static String hash(String algorithm, String text) throws Exception {
        return HexFormat.of()
                .formatHex(
                        MessageDigest.getInstance(algorithm)
                                .digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    private String nonce() throws Exception {
        Matcher nonce = NONCE.matcher(app.get("/in/x"));
        assertTrue(nonce.find());
        return nonce.group(1);
    }

    private record Credentials(
            String name, String password, String algorithm, String method, String uri) {

        String field(String nonce, String count) throws Exception {
            String secret = hash(algorithm, name + ":the realm:" + password);
            String asked = hash(algorithm, method + ":" + uri);
            String response =
                    hash(algorithm, secret + ":" + nonce + ":" + count + ":mine:auth:" + asked);
            // The bytes of the name are sent, each as a character.
            String sent =
                    new String(name.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
            return "Authorization: Digest username=\"%s\", realm=\"the realm\", uri=\"%s\", algorithm=%s, nonce=\"%s\", nc=%s, cnonce=\"mine\", qop=auth, response=\"%s\"\n"
                    .formatted(sent, uri, algorithm, nonce, count, response);
        }
    }

    private static final Credentials ADA =
            new Credentials("ada", "s\u00e9cret", "SHA-256", "GET", "/app/in/x?y=1");

    private String ask(String field) throws Exception {
        return app.send("GET", "/in/x?y=1", field, "");
    }

    private static String content(String answer) {
        return answer.substring(answer.indexOf("\n\n") + 2);
    }

    @Test
    void theChallengeOffersTheStrongerAlgorithmFirst() throws Exception {
        String answer = app.get("/in/x");
        assertTrue(answer.startsWith("HTTP/1.1 401 "), answer);
        List<String> challenges =
                answer.lines()
                        .filter(line -> line.startsWith("WWW-Authenticate: "))
                        .map(line -> line.replaceAll("nonce=\"[^\"]{43}\"", "nonce=N"))
                        .toList();
        assertEquals(
                List.of(
                        "WWW-Authenticate: Digest realm=\"the realm\", qop=\"auth\","
                                + " algorithm=SHA-256, nonce=N, charset=UTF-8",
                        "WWW-Authenticate: Digest realm=\"the realm\", qop=\"auth\", algorithm=MD5,"
                                + " nonce=N, charset=UTF-8"),
                challenges);
        assertNotEquals(nonce(), nonce());
    }

    @ParameterizedTest
    @ValueSource(strings = {"SHA-256", "MD5"})
    void whoKnowsThePasswordGetsIn(String algorithm) throws Exception {
        Credentials ada = new Credentials("ada", "s\u00e9cret", algorithm, "GET", ADA.uri());
        String nonce = nonce();
        assertEquals("GET ada DIGEST true", content(ask(ada.field(nonce, "00000001"))));
        assertEquals("GET ada DIGEST true", content(ask(ada.field(nonce, "0000000A"))));
        Credentials wrong = new Credentials("ada", "secret", algorithm, "GET", ADA.uri());
        String refused = ask(wrong.field(nonce, "0000000b"));
        assertTrue(refused.startsWith("HTTP/1.1 401 "), refused);
        assertFalse(refused.contains("stale"), refused);
    }

    @Test
    void aStoredHashWillDoIfItIsTheOneThatDigestNeeds() throws Exception {
        Credentials zoe = new Credentials("zo\u00eb", "pass", "SHA-256", "GET", ADA.uri());
        assertEquals("GET zo\u00eb DIGEST true", content(ask(zoe.field(nonce(), "00000001"))));
        Credentials md5 = new Credentials("zo\u00eb", "pass", "MD5", "GET", ADA.uri());
        assertTrue(ask(md5.field(nonce(), "00000001")).startsWith("HTTP/1.1 401 "));
        Credentials bob = new Credentials("bob", "pass", "SHA-256", "GET", ADA.uri());
        assertTrue(ask(bob.field(nonce(), "00000001")).startsWith("HTTP/1.1 401 "));
    }

    @Test
    void aRequestThatIsSentAgainIsStaleAndDoesNotGetIn() throws Exception {
        String field = ADA.field(nonce(), "00000001");
        assertEquals("GET ada DIGEST true", content(ask(field)));
        String again = ask(field);
        assertTrue(again.startsWith("HTTP/1.1 401 "), again);
        assertTrue(again.contains("charset=UTF-8, stale=true\n"), again);
        String invented = ask(ADA.field("invented", "00000001"));
        assertTrue(invented.startsWith("HTTP/1.1 401 "), invented);
        assertTrue(invented.contains(", stale=true\n"), invented);
    }

    @Test
    void whatWasHashedHasToBeWhatIsAskedFor() throws Exception {
        String field = ADA.field(nonce(), "00000001");
        String elsewhere = app.send("GET", "/in/other", field, "");
        assertTrue(elsewhere.startsWith("HTTP/1.1 401 "), elsewhere);
        String changed = app.send("POST", "/in/x?y=1", field, "x");
        assertTrue(changed.startsWith("HTTP/1.1 401 "), changed);
        assertEquals("GET ada DIGEST true", content(ask(field)), "it was not used by these");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Digest",
                "Digest ",
                "Digest username",
                "Digest username=\"ada",
                "Digest username=\"ada\", username=\"ada\"",
                "Digest username=\"ada\" realm=\"the realm\"",
                "Digest username=\"ada\",, realm=\"the realm\"",
                "Basic YWRhOnPDqWNyZXQ="
            })
    void whatIsMalformedOrOfAnotherSchemeDoesNotGetIn(String value) throws Exception {
        String answer = ask("Authorization: " + value + "\n");
        assertTrue(answer.startsWith("HTTP/1.1 401 "), answer);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "realm=\"the realm\"|realm=\"another\"",
                "qop=auth,|",
                "qop=auth|qop=auth-int",
                "nc=00000001|nc=1",
                "nc=00000001|nc=00000000",
                "cnonce=\"mine\"|cnonce=\"\"",
                "algorithm=SHA-256|algorithm=SHA-512",
                "algorithm=SHA-256|algorithm=MD5",
                "uri=\"/app/in/x?y=1\"|uri=\"/app/in/x\"",
                "username=\"ada\"|username=\"bob\"",
                "username=\"ada\"|username=\"ada\", username*=UTF-8''ada",
                "qop=auth|qop=auth, userhash=true"
            })
    void eachParameterCounts(String change) throws Exception {
        String[] parts = change.split("\\|", -1);
        String field = ADA.field(nonce(), "00000001");
        assertTrue(field.contains(parts[0]), field);
        String answer = ask(field.replace(parts[0], parts[1]));
        assertTrue(answer.startsWith("HTTP/1.1 401 "), answer);
    }

    @Test
    void aNameMayComeInTheExtendedForm() throws Exception {
        String field =
                ADA.field(nonce(), "00000001")
                        .replace("username=\"ada\"", "username*=UTF-8''%61da");
        assertEquals("GET ada DIGEST true", content(ask(field)));
    }

    @Test
    void curlLogsIn() throws Exception {
        Assumptions.assumeTrue(Files.isExecutable(Path.of("/usr/bin/curl")));
        Process curl =
                new ProcessBuilder(
                                "/usr/bin/curl",
                                "-s",
                                "-m",
                                "20",
                                "--digest",
                                "-u",
                                "tim:plain",
                                "http://127.0.0.1:" + app.server().port() + "/app/in/x?y=1")
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        String output = new String(curl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, curl.waitFor());
        assertEquals("GET tim DIGEST true", output);
    }
}

package dev.pounce.rfc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pounce.testing.FileSite;
import dev.pounce.testing.FileSite.Answer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Servlet specification, section 10.5, and hidden files: closed, however their path is written. */
public class ClosedFilesTest extends FilesTest {
    private static final String SECRET = "this is secret";

    private static final List<String> CLOSED =
            List.of(
                    "/WEB-INF/secret.txt",
                    "/META-INF/secret.txt",
                    "/.hidden/secret.txt",
                    "/sub/.secret.txt",
                    "/.env");

    @Override
    protected void prepare(FileSite files) throws Exception {
        for (String name : CLOSED) {
            files.file(name.substring(1), SECRET);
            files.file(name.substring(1) + ".gz", FileSite.gzip(SECRET));
        }
        files.file(".well-known/security.txt", "known");
        files.file(".well-known/.secret.txt", SECRET);
        files.file("sub/open.txt", "open");
        Files.createSymbolicLink(files.root().resolve("link"), files.root().resolve("WEB-INF"));
        Files.createSymbolicLink(
                files.root().resolve("sub/open.txt."), files.root().resolve("sub/open.txt"));
        Files.createSymbolicLink(files.root().resolve("Sub"), files.root().resolve("sub"));
    }

    static List<String> tricks() {
        Set<String> tricks = new LinkedHashSet<>();
        for (String path : CLOSED) {
            tricks.addAll(tricks(path));
        }
        return List.copyOf(tricks);
    }

    private static List<String> tricks(String path) {
        String segment =
                path.substring(1, path.indexOf('/', 1) < 0 ? path.length() : path.indexOf('/', 1));
        String rest = path.substring(1 + segment.length());
        List<String> all = new ArrayList<>();
        all.add(path);
        all.add(path.replace(".", "%2e"));
        all.add(path.replace(".", "%2E"));
        all.add(path.replace(".", "%252e"));
        all.add("/%" + Integer.toHexString(segment.charAt(0)) + path.substring(2));
        all.add(
                path.substring(0, path.lastIndexOf('/'))
                        + "%2f"
                        + path.substring(path.lastIndexOf('/') + 1));
        all.add(
                path.substring(0, path.lastIndexOf('/'))
                        + "%5c"
                        + path.substring(path.lastIndexOf('/') + 1));
        all.add(
                path.substring(0, path.lastIndexOf('/'))
                        + "%252f"
                        + path.substring(path.lastIndexOf('/') + 1));
        all.add("/" + segment.toLowerCase(java.util.Locale.ROOT) + rest);
        all.add("/" + segment + ";a=b" + rest);
        all.add(path + ";a=b");
        all.add("/;a=b" + path);
        all.add("/" + segment + "%00" + rest);
        all.add(path + "%00.html");
        all.add("/" + segment + "%20" + rest);
        all.add("/" + segment + "." + rest);
        all.add("/" + segment + "..." + rest);
        all.add("/" + segment + "::$DATA" + rest);
        all.add("//" + path.substring(1));
        all.add("/./" + path.substring(1));
        all.add("/%2e/" + path.substring(1));
        all.add("/x/.." + path);
        all.add("/x/%2e%2e" + path);
        all.add("/x/..;" + path);
        all.add("/x/..;a=b" + path);
        all.add("/.." + "/s" + path);
        all.add(path + "/");
        all.add(path + "/.");
        all.add(path + ".gz");
        all.add("/%c0%ae" + path);
        all.add("/" + segment + "%ef%bc%8f" + rest);
        all.add("/" + segment.replace("-", "%E2%80%90") + rest);
        all.add("/%EF%BC%B7" + path.substring(2));
        return all;
    }

    @ParameterizedTest
    @MethodSource("tricks")
    void whatIsClosedIsClosedInEverySpelling(String target) throws Exception {
        for (String accept : List.of("identity", "gzip")) {
            Answer answer = get(target, "Accept-Encoding: " + accept);
            assertTrue(answer.status() == 404 || answer.status() == 400, answer::head);
            assertTrue(!answer.text().contains(SECRET), answer::text);
            assertEquals("", answer.field("ETag"), answer::head);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/link/secret.txt",
                "/link",
                "/WEB-INF",
                "/WEB-INF/",
                "/META-INF",
                "/.hidden",
                "/.hidden/",
                "/.well-known/.secret.txt",
                "/sub/open.txt.",
                "/Sub/open.txt"
            })
    void linksFoldersAndOtherSpellingsOpenNothing(String target) throws Exception {
        Answer answer = get(target);
        assertStatus(404, answer);
        assertTrue(!answer.text().contains(SECRET), answer::text);
    }

    @Test
    void rfc8615WellKnownFilesAreOpen() throws Exception {
        assertWhole("known", get("/.well-known/security.txt"));
        assertWhole("known", get("/%2ewell-known/security.txt"));
        assertWhole("open", get("/sub/open.txt"));
    }
}

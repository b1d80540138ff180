package dev.pounce.rfc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pounce.api.HttpStatusException;
import dev.pounce.exchange.Response;
import dev.pounce.route.FusedRoute;
import dev.pounce.testing.RawClient;
import dev.pounce.testing.Wire;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/** RFC 9110 sections 5.1 and 5.5: an application cannot split a response. */
class Rfc9110Section5_5FieldValuesTest extends WireTest {
    private static volatile String name = "X";
    private static volatile String value = "";

    @BeforeAll
    static void routes() {
        server.handler(
                "/set",
                exchange -> {
                    exchange.response().fields().set(name, value);
                    write(exchange.response(), "set");
                });
        server.handler(
                "/add",
                exchange -> {
                    exchange.response().fields().add(name, value);
                    write(exchange.response(), "added");
                });
        server.handler(
                "/trailer",
                exchange -> {
                    Response response = exchange.response();
                    response.trailers(() -> Map.of(name, value));
                    write(response, "content");
                });
        server.fused(
                FusedRoute.text(
                        "/status",
                        request -> {
                            throw new HttpStatusException(418, "no").with(name, value);
                        }));
    }

    private static String wire(String picture) {
        return new String(Wire.bytes(picture), StandardCharsets.ISO_8859_1);
    }

    private static void assertAnError(String path) throws Exception {
        try (RawClient client = server.connect()) {
            client.send(
                    """
                    GET %s HTTP/1.1
                    Host: a
                    Connection: close

                    """
                            .formatted(path));
            String answer = client.readToEnd();
            assertTrue(answer.startsWith("HTTP/1.1 500 "), answer);
            assertFalse(answer.contains("Split"), answer);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a\nSplit: yes",
                "a␊Split: yes",
                "a␍Split: yes",
                "\n\nHTTP/1.1 200 Split",
                "␀",
                "␁",
                "␡",
                "\u010d\u010aSplit: yes",
                "\u560d\u560a"
            })
    void aValueWithControlCharactersIsAnErrorOfTheApplication(String picture) throws Exception {
        name = "X";
        value = picture.codePointAt(0) > 0xff && picture.length() > 1 ? picture : wire(picture);
        for (String path : new String[] {"/set", "/add", "/status"}) {
            assertAnError(path);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "X Y", "X:", "X\n", "X␀", "\u00e9", "X\u010a"})
    void aNameThatIsNoTokenIsAnErrorOfTheApplication(String picture) throws Exception {
        name = picture.indexOf('\u010a') >= 0 ? picture : wire(picture);
        value = "x";
        for (String path : new String[] {"/set", "/add", "/status"}) {
            assertAnError(path);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\nSplit: yes", "␀", "␍"})
    void aTrailerThatCannotBeSentIsVisiblyMissing(String picture) throws Exception {
        name = "X";
        value = wire(picture);
        try (RawClient client = server.connect()) {
            client.send(
                    """
                    GET /trailer HTTP/1.1
                    Host: a

                    """);
            StringBuilder got = new StringBuilder();
            org.junit.jupiter.api.Assertions.assertThrows(
                    java.io.IOException.class,
                    () -> {
                        while (true) {
                            got.append(client.read(1));
                        }
                    });
            assertFalse(got.toString().contains("Split"), got.toString());
            assertFalse(got.toString().endsWith("0\r\n\r\n"), got.toString());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a\tb", "\u00e9\u00ff\u0080", "\"quoted\"", "a  b"})
    void otherValuesAreSentAsTheyAre(String sent) throws Exception {
        name = "X";
        value = sent;
        for (String path : new String[] {"/set", "/add"}) {
            try (RawClient client = server.connect()) {
                client.send(
                        """
                        GET %s HTTP/1.1
                        Host: a

                        """
                                .formatted(path));
                String head = client.readHead();
                assertEquals(true, head.contains("\nX: " + sent + "\n"), head);
            }
        }
    }
}

package dev.pounce.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * Jolokia's agent, a servlet that shows the MBeans of this virtual machine. Its descriptor lets
 * only the role {@code jolokia} in, by BASIC authentication.
 */
class JolokiaTest {
    private static final String USER = "jolokia";
    private static final String PASSWORD = "secret";
    private static final String THREADING = "java.lang:type=Threading";
    private static final String MONITORING = "ThreadContentionMonitoringEnabled";

    private static Site site;

    @BeforeAll
    static void deploy(@TempDir Path folder) throws Exception {
        Path users =
                Files.writeString(
                        folder.resolve("users.xml"),
                        """
                        <tomcat-users>
                          <user username="jolokia" password="secret" roles="jolokia"/>
                          <user username="visitor" password="secret" roles="visitor"/>
                        </tomcat-users>
                        """);
        site = Site.of(Map.of("/jolokia", ThirdParty.file("jolokia.war")), users);
    }

    @AfterAll
    static void stop() throws Exception {
        site.close();
    }

    private static HttpRequest.Builder request(String path) {
        return request(path, USER);
    }

    private static HttpRequest.Builder request(String path, String user) {
        byte[] credentials = (user + ":" + PASSWORD).getBytes(StandardCharsets.UTF_8);
        String value = "Basic " + Base64.getEncoder().encodeToString(credentials);
        return site.request("/jolokia" + path).header("Authorization", value);
    }

    @Test
    void onlyTheRoleOfTheAgentIsLetIn() throws Exception {
        assertEquals(401, site.get("/jolokia/version").statusCode());
        assertEquals(403, site.send(request("/version", "visitor")).statusCode());
    }

    private static Object get(String path) throws IOException, InterruptedException {
        return json(site.send(request(path)));
    }

    private static Object post(String content) throws IOException, InterruptedException {
        return json(
                site.send(
                        request("/")
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString(content))));
    }

    /** The answer's JSON, which is YAML too but for the escaped slash. */
    private static Object json(HttpResponse<String> answer) {
        assertEquals(200, answer.statusCode(), answer.body());
        return new Yaml().load(answer.body().replaceAll("(?<!\\\\)\\\\/", "/"));
    }

    private static Object at(Object json, String... names) {
        Object value = json;
        for (String name : names) {
            assertTrue(value instanceof Map<?, ?> map && map.containsKey(name), name + ": " + json);
            value = ((Map<?, ?>) value).get(name);
        }
        return value;
    }

    @Test
    void theVersionNamesTheAgent() throws Exception {
        Object version = get("/version");
        assertEquals(200, at(version, "status"));
        assertEquals("2.0.0", at(version, "value", "agent"));
    }

    @Test
    void theRootAnswersWithTheVersionToo() throws Exception {
        assertEquals("version", at(get("/"), "request", "type"));
        HttpResponse<String> withoutSlash = site.send(request(""));
        assertTrue(List.of(200, 302).contains(withoutSlash.statusCode()), withoutSlash.toString());
    }

    @Test
    void anAttributeIsReadByItsPath() throws Exception {
        Object heap = get("/read/java.lang:type=Memory/HeapMemoryUsage");
        assertEquals(200, at(heap, "status"), heap.toString());
        assertTrue(((Number) at(heap, "value", "used")).longValue() > 0, heap.toString());
    }

    @Test
    void allMBeansAreListed() throws Exception {
        HttpResponse<String> answer = site.send(request("/list"));
        Object list = json(answer);
        assertEquals(
                "boolean",
                at(list, "value", "java.lang", "type=Threading", "attr", MONITORING, "type"));
        assertTrue(answer.body().length() > 20_000, "a list of all, much longer than a buffer");
    }

    @Test
    void whatIsNotThereIsAnErrorOfTheAgent() throws Exception {
        Object nothing = get("/read/java.lang:type=Nobody");
        assertEquals(404, at(nothing, "status"));
    }

    @Test
    void aPostCarriesSeveralRequests() throws Exception {
        Object answers =
                post(
                        """
                        [{"type": "read", "mbean": "java.lang:type=Runtime", "attribute": "SpecName"},
                         {"type": "search", "mbean": "java.lang:type=Mem*"},
                         {"type": "exec", "mbean": "java.lang:type=Threading",
                          "operation": "findDeadlockedThreads"}]
                        """);
        List<?> all = (List<?>) answers;
        assertEquals(3, all.size());
        assertEquals(System.getProperty("java.vm.specification.name"), at(all.get(0), "value"));
        assertEquals(List.of("java.lang:type=Memory"), at(all.get(1), "value"));
        assertEquals(200, at(all.get(2), "status"));
    }

    @Test
    void anAttributeIsWrittenAndReadBack() throws Exception {
        boolean before = (Boolean) at(get("/read/" + THREADING + "/" + MONITORING), "value");
        try {
            Object written = get("/write/" + THREADING + "/" + MONITORING + "/" + !before);
            assertEquals(before, at(written, "value"), "the agent answers with the old value");
            Object readBack = get("/read/" + THREADING + "/" + MONITORING);
            assertEquals(!before, at(readBack, "value"));
        } finally {
            get("/write/" + THREADING + "/" + MONITORING + "/" + before);
        }
    }

    @Test
    void anOperationTakesArgumentsOutOfThePath() throws Exception {
        String logger = "dev.pounce.conformance.Jolokia";
        java.util.logging.Logger kept = java.util.logging.Logger.getLogger(logger);
        String logging = "/exec/java.util.logging:type=Logging/";
        Object set = get(logging + "setLoggerLevel/" + logger + "/FINE");
        assertEquals(200, at(set, "status"), set.toString());
        assertEquals("FINE", at(get(logging + "getLoggerLevel/" + logger), "value"));
        assertEquals(java.util.logging.Level.FINE, kept.getLevel());
    }
}

package dev.pounce.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pounce.testing.Await;
import dev.pounce.testing.LaunchedServer;
import dev.pounce.testing.RawClient;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Virtual hosts of a process, and the commands that are given to it. */
@DisabledOnOs(OS.WINDOWS)
@Timeout(120)
class ProcessHostsTest {
    @TempDir Path base;

    private Path page(String folder, String text) throws IOException {
        Path app = Files.createDirectories(base.resolve(folder));
        Files.writeString(app.resolve("index.html"), text);
        return app;
    }

    private static String get(int port, String host, String path) throws IOException {
        try (RawClient client = new RawClient(port)) {
            client.send("GET " + path + " HTTP/1.1\nHost: " + host + "\nConnection: close\n\n");
            String answer = client.readToEnd();
            return answer.substring(9, 12) + " " + answer.substring(answer.indexOf("\n\n") + 2);
        }
    }

    private String pounce(int status, String... arguments) {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
        int result =
                new Launcher(
                                Map.of("POUNCE_BASE", base.toString()),
                                config -> {
                                    throw new IllegalStateException("no server here");
                                },
                                out,
                                out)
                        .run(arguments);
        String text = said.toString(StandardCharsets.UTF_8);
        assertEquals(status, result, text);
        return text;
    }

    @Test
    void eachHostHasItsFolderAndCommandsNameIt() throws Exception {
        page("webapps/ROOT", "own root");
        page("webapps/cart", "own cart");
        page("hosts/shop/webapps/cart", "shop's cart");
        Path later = page("elsewhere/later", "later");
        Files.createDirectories(base.resolve("conf"));
        Files.writeString(
                base.resolve("conf/pounce.yaml"),
                """
                deployment: {scan: 10ms}
                hosts:
                  shop:
                    names: [shop.example, "*.shop.example"]
                """);
        try (LaunchedServer server =
                new LaunchedServer(
                        Main.class,
                        base.resolve("webapps"),
                        List.of(),
                        Map.of("POUNCE_BASE", base.toString()))) {
            String banner = server.process().inputReader().readLine();
            assertTrue(banner.endsWith(": / /cart shop:/cart"), banner);
            int port = Integer.parseInt(banner.replaceFirst(".*:(\\d+)/?: .*", "$1"));
            assertEquals("200 shop's cart", get(port, "Shop.Example:80", "/cart/"));
            assertEquals("200 shop's cart", get(port, "www.shop.example", "/cart/"));
            assertEquals("200 own cart", get(port, "example", "/cart/"));
            assertTrue(get(port, "shop.example", "/").startsWith("404 "));

            assertEquals(
                    "deployed " + later + " at shop:/later/\n",
                    pounce(0, "deploy", "--host", "shop", later.toString()));
            assertEquals("200 later", get(port, "shop.example", "/later/"));
            assertTrue(get(port, "example", "/later/").startsWith("404 "));
            String list = pounce(0, "list");
            assertTrue(list.startsWith("HOST     PATH     STATE"), list);
            assertTrue(list.contains("\ndefault  /cart/   running"), list);
            assertTrue(list.contains("\nshop     /later/  running"), list);
            assertTrue(
                    pounce(0, "list", "--json")
                            .contains("{\"host\": \"shop\", \"context_path\": \"/later\","),
                    list);
            assertEquals("redeployed shop:/later/\n", pounce(0, "reload", "--host=shop", "/later"));
            assertEquals(
                    "undeployed shop:/later/\n", pounce(0, "undeploy", "--host=shop", "/later"));
            assertEquals(
                    "pounce: nothing is deployed at shop:/later/\n",
                    pounce(1, "undeploy", "--host=shop", "/later"));
            assertEquals(
                    "pounce: there is no virtual host shp but default, shop\n",
                    pounce(1, "undeploy", "--host=shp", "/later"));
            pounce(2, "reload", "--host=shop");

            Path conf = base.resolve("conf/pounce.yaml");
            String before = Files.readString(conf);
            Files.writeString(conf, before.replace("names: [shop.example", "names: [new.example"));
            String reload = pounce(0, "reload");
            assertTrue(
                    reload.startsWith("hosts: {shop (shop.example, *.shop.example in ")
                            && reload.endsWith("waits for a restart\n"),
                    reload);
            assertTrue(get(port, "new.example", "/cart/").endsWith("own cart"));

            page("hosts/shop/webapps/ROOT", "shop's root");
            Await.until(() -> get(port, "shop.example", "/").equals("200 shop's root"));
            assertEquals("200 own root", get(port, "example", "/"));
        }
    }
}

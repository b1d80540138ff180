package dev.pounce.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

class HostNameTest {

    @ParameterizedTest
    @CsvSource({
        "Shop.Example.COM,shop.example.com",
        "shop.example.com.,shop.example.com",
        "*.Example.com,*.example.com",
        "localhost,localhost",
        "my_host,my_host",
        "127.0.0.1,127.0.0.1",
        "xn--bcher-kva.example,xn--bcher-kva.example",
        "b\u00fccher.example,xn--bcher-kva.example",
        "*.B\u00dcCHER.example,*.xn--bcher-kva.example",
        "[::1],[0:0:0:0:0:0:0:1]",
        "[2001:DB8::A],[2001:db8:0:0:0:0:0:a]"
    })
    void namesAreWrittenAsTheyAreCompared(String written, String name) {
        assertEquals(name, HostName.of(written));
        assertEquals(name, HostName.of(name));
    }

    @ParameterizedTest
    @CsvSource({
        "a.*.example.com,the star stands for one label",
        "*,the star stands for one label",
        "*.,no name",
        "**.example.com,the star stands for one label",
        "example.com:80,has no port",
        "::1,in brackets",
        "[::1,no address of IPv6 and nothing else",
        "[::1]:80,no address of IPv6 and nothing else",
        "[fe80::1%eth0],no address of IPv6 and nothing else",
        "[hello],no address of IPv6",
        "a..b,no name",
        ".a,no name",
        "-a.example,no name",
        "a b,no name",
        "stra\u00dfe.example,write its A-label",
        "http://example.com,has no port"
    })
    void whatIsNoNameIsRefused(String written, String why) {
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> HostName.of(written));
        assertTrue(e.getMessage().contains(why), e.getMessage());
    }

    @Test
    void aNameOfTooManyCharactersIsRefused() {
        String label = "a".repeat(63);
        String longest = String.join(".", label, label, label, "a".repeat(61));
        assertEquals(longest, HostName.of(longest));
        assertThrows(IllegalArgumentException.class, () -> HostName.of(longest + "a"));
        assertThrows(IllegalArgumentException.class, () -> HostName.of("a" + label));
    }

    private static VirtualHostConfig host(String folder, String... names) {
        return VirtualHostConfig.schema()
                .with(
                        VirtualHostConfig.defaults(folder),
                        Map.of("names", List.of(names), "webapps", Path.of(folder)));
    }

    private static String refused(Map<String, VirtualHostConfig> hosts) {
        ServerConfig config = ServerConfig.defaults().with("default_host.names", "own.example");
        return assertThrows(
                        ConfigException.class,
                        () -> ServerConfig.schema().with(config, Map.of("hosts", hosts)))
                .getMessage();
    }

    @Test
    void noTwoHostsHaveTheSameNameOrFolder() {
        assertEquals(
                "hosts.a.names: the name own.example is also that of default_host.names",
                refused(Map.of("a", host("a", "OWN.example."))));
        assertEquals(
                "hosts.a.names: the name x is also that of hosts.a.names",
                refused(Map.of("a", host("a", "x", "X"))));
        assertTrue(
                refused(Map.of("a", host("same", "a"), "b", host("same", "b")))
                        .contains("/same is also that of hosts."));
        assertTrue(refused(Map.of("a", host("webapps", "a"))).contains("is also that of webapps"));
        assertEquals(
                "hosts.a.names: has to have at least one name", refused(Map.of("a", host("a"))));
        assertTrue(
                refused(Map.of("A.b", host("a", "a"))).contains("\"A.b\" cannot be what a host"));
    }

    @Test
    void aHostsOwnSettingsStandInThePlaceOfTheServers() {
        VirtualHostConfig shop =
                VirtualHostConfig.schema()
                        .with(
                                host("shop", "shop"),
                                Map.of(
                                        "auto_deploy", VirtualHostConfig.AutoDeploy.OFF,
                                        "redeploy", VirtualHostConfig.Redeploy.RESTART));
        ServerConfig config =
                ServerConfig.schema()
                        .with(
                                ServerConfig.defaults(),
                                Map.of(
                                        "hosts",
                                        Map.of("shop", shop, "blog", host("blog", "blog"))));
        assertEquals(config, config.forHost("default"));
        assertEquals(false, config.forHost("shop").autoDeploy());
        assertEquals(ServerConfig.Redeploy.RESTART, config.forHost("shop").redeploy());
        assertEquals(Path.of("shop"), config.forHost("shop").webapps());
        assertEquals(Path.of("hosts/shop/webapps-javax"), config.forHost("shop").webappsJavax());
        assertEquals(true, config.forHost("blog").autoDeploy());
        assertEquals(ServerConfig.Redeploy.SWAP, config.forHost("blog").redeploy());
    }
}

package dev.pounce.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pounce.config.Placeholders;
import dev.pounce.config.ServerConfig;
import dev.pounce.server.HttpServer;
import dev.pounce.testing.RawClient;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** An application whose place another one has waits until that is undeployed. */
@Timeout(60)
class TakenPlacesTest {
    private static final AppName SHOP = AppName.of("/shop");

    @TempDir Path temp;
    private Path webapps;
    private HttpServer server;
    private WebAppDeployer deployer;

    @BeforeEach
    void start() throws IOException {
        webapps = Files.createDirectories(temp.resolve("webapps"));
        server =
                new HttpServer(
                        ServerConfig.defaults()
                                .with("deployment.undeploy_old_versions", "true")
                                .withHost("127.0.0.1")
                                .withPort(0)
                                .withWorkers(1));
        server.start();
        deployer = newDeployer();
    }

    private WebAppDeployer newDeployer() {
        return new WebAppDeployer(
                server,
                temp.resolve("work"),
                getClass().getClassLoader(),
                new AppConfigFiles(temp, temp, Placeholders.of(Map.of())));
    }

    @AfterEach
    void stop() throws InterruptedException {
        deployer.close();
        server.stop();
    }

    /** Answers with its name. */
    private AppFile app(String name, String settings) throws IOException {
        Path folder = webapps.resolve(name);
        Files.createDirectories(folder.resolve("WEB-INF"));
        Files.writeString(folder.resolve("WEB-INF/pounce.yaml"), settings);
        Files.writeString(folder.resolve("name.txt"), name);
        return AppFile.of(folder);
    }

    private AppFile deployed(String name, String settings) throws Exception {
        AppFile file = app(name, settings);
        deployer.replace(file);
        return file;
    }

    private AppFile refused(String name, String settings) throws IOException {
        AppFile file = app(name, settings);
        DeploymentException e =
                assertThrows(DeploymentException.class, () -> deployer.replace(file));
        assertTrue(String.valueOf(e.getMessage()).contains("is taken by"), e::getMessage);
        return file;
    }

    /** Who answers there. */
    private String at(String contextPath) throws IOException {
        try (RawClient client = new RawClient(server.port())) {
            client.send(
                    """
                    GET PATH/name.txt HTTP/1.1
                    Host: h
                    Connection: close

                    """
                            .replace("PATH", contextPath));
            String answer = client.readToEnd();
            return answer.startsWith("HTTP/1.1 200 ")
                    ? answer.substring(answer.indexOf("\n\n") + 2)
                    : answer.substring(9, 12);
        }
    }

    private String states() {
        return deployer.status().stream()
                .filter(each -> each.state() != AppState.RETIRING)
                .map(each -> each.name() + " " + each.state())
                .sorted()
                .collect(Collectors.joining(", "));
    }

    @Test
    void theFirstThatWasRefusedIsNext() throws Exception {
        AppFile shop = deployed("shop", "");
        AppFile first = refused("z", "context_path: /shop");
        refused("a", "context_path: /shop");
        refused("z", "context_path: /shop");
        assertEquals("shop", at("/shop"));

        assertTrue(deployer.undeploy(shop));
        assertEquals("z", at("/shop"));
        assertEquals("/a/ FAILED, /shop/ RUNNING", states());

        assertTrue(deployer.undeploy(first));
        assertEquals("a", at("/shop"));
        assertEquals("/shop/ RUNNING", states());
    }

    @Test
    void whatTheDirectoryHasAtTheStartWaitsToo() throws Exception {
        app("a", "context_path: /shop");
        app("shop", "");
        deployer.deployAll(webapps);
        assertEquals("a", at("/shop"));

        assertTrue(deployer.undeploy("/shop"));
        assertEquals("shop", at("/shop"));
        assertEquals("/shop/ RUNNING", states());
    }

    @Test
    void aPlaceThatSomebodyNamedBecomesFreeLikeAnyOther() throws Exception {
        deployer.deploy(app("named", "").path(), SHOP);
        refused("a", "context_path: /shop");
        assertTrue(deployer.undeploy(SHOP));
        assertEquals("a", at("/shop"));
    }

    @Test
    void aPlaceIsFreeWhenItsApplicationMovesAway() throws Exception {
        deployed("shop", "");
        refused("a", "context_path: /shop");
        deployed("shop", "context_path: /store");
        assertEquals("shop", at("/store"));
        assertEquals("a", at("/shop"));
        assertEquals("/shop/ RUNNING, /store/ RUNNING", states());
    }

    @Test
    void whatServesElsewhereMovesWhenItsPlaceIsFree() throws Exception {
        AppFile shop = deployed("shop", "");
        deployed("a", "");
        refused("a", "context_path: /shop");
        refused("b", "context_path: /a");
        assertEquals("a", at("/a"));

        deployer.undeploy(shop);
        assertEquals("a", at("/shop"));
        assertEquals("b", at("/a"));
        assertEquals("/a/ RUNNING, /shop/ RUNNING", states());
    }

    @Test
    void oneThatDoesNotStartLeavesThePlaceToTheNext() throws Exception {
        AppFile shop = deployed("shop", "");
        AppFile first = refused("a", "context_path: /shop");
        refused("b", "context_path: /shop");
        Files.writeString(first.path().resolve("WEB-INF/web.xml"), "<web-app/>");

        deployer.undeploy(shop);
        assertEquals("b", at("/shop"));
        assertTrue(deployer.undeploy("/shop"));
        assertEquals("404", at("/shop"));
    }

    @Test
    void oneWhoseSettingsHaveBecomeWrongLeavesThePlaceToTheNext() throws Exception {
        AppFile shop = deployed("shop", "");
        refused("a", "context_path: /shop");
        refused("b", "context_path: /shop");
        app("a", "context_path: [");

        deployer.undeploy(shop);
        assertEquals("b", at("/shop"));
        assertEquals("/a/ FAILED, /shop/ RUNNING", states());
    }

    @Test
    void whatIsGoneOrWantsAnotherPlaceWaitsNoMore() throws Exception {
        AppFile shop = deployed("shop", "");
        AppFile gone = refused("a", "context_path: /shop");
        AppFile vanished = refused("b", "context_path: /shop");
        refused("c", "context_path: /shop");
        refused("d", "context_path: /shop");
        AppFile torn = refused("e", "context_path: /shop");
        assertFalse(deployer.undeploy(gone));
        Files.move(vanished.path(), temp.resolve("elsewhere"));
        deployed("c", "");
        assertTrue(deployer.undeploy("/d"));
        deployer.refuse(torn, "it ends too early");

        deployer.undeploy(shop);
        assertEquals("404", at("/shop"));
        assertEquals("c", at("/c"));
        assertEquals("/b/ FAILED, /c/ RUNNING, /e/ FAILED", states());
    }

    @Test
    void theEndOfTheServerDeploysNothing() throws Exception {
        deployed("shop", "");
        refused("a", "context_path: /shop");
        int starts = deployer.starts();
        deployer.close();
        assertEquals(starts, deployer.starts());
    }

    /** Whoever comes to a free place just then is there and undeployed, or does not come. */
    @Test
    void theEndOfTheServerLeavesNothingThatComesToAPlaceMeanwhile() throws Exception {
        for (int round = 0; round < 20; round++) {
            AppFile shop = deployed("shop", "");
            refused("a", "context_path: /shop");
            WebAppDeployer ending = deployer;
            int begun = ending.starts() + round % 2;
            Thread other = Thread.ofPlatform().start(() -> ending.undeploy(shop));
            while (ending.starts() < begun && other.isAlive()) {
                Thread.onSpinWait();
            }
            ending.close();
            other.join();
            assertEquals(List.of(), ending.deployed(), "round " + round);
            assertFalse(states().contains("STARTING"), states());
            assertThrows(DeploymentException.class, () -> ending.replace(shop));
            deployer = newDeployer();
        }
    }

    @Test
    void versionsWaitForTheirOwnPlace() throws Exception {
        deployer.deploy(app("one", "").path(), new AppName("/shop", "1"));
        AppFile two = deployed("shop##2", "");
        refused("a##2", "context_path: /shop");
        deployer.undeploy(two);
        assertEquals("a##2", at("/shop"));
    }

    @Test
    void aVersionWithoutSessionsLeavesItsPlaceToWhoWaitsForIt() throws Exception {
        deployed("shop##1", "");
        refused("a##1", "context_path: /shop");
        deployed("shop##2", "");
        while (deployer.starts() < 3) {
            Thread.onSpinWait();
        }
        assertEquals("shop##2", at("/shop"));
    }

    @Test
    void whatIsUndeployedWhileItComesToItsPlaceIsGone() throws Exception {
        for (int round = 0; round < 10; round++) {
            AppFile shop = deployed("shop", "");
            AppFile waiting = refused("a", "context_path: /shop");
            int begun = deployer.starts() + round % 2;
            Thread other =
                    Thread.ofPlatform()
                            .start(
                                    () -> {
                                        while (deployer.starts() < begun) {
                                            Thread.onSpinWait();
                                        }
                                        deployer.undeploy(waiting);
                                    });
            deployer.undeploy(shop);
            other.join();
            assertEquals("", states(), "round " + round);
            assertEquals("404", at("/shop"));
            assertEquals(AppName.of("/a"), deployer.mounted(waiting.name()));
        }
    }

    @Test
    void anApplicationThatWasStoppedForARestartIsTakenAwayWithItsFile() throws Exception {
        AppFile shop = deployed("shop", "redeploy: restart");
        refused("a", "context_path: /shop");
        Files.writeString(shop.path().resolve("WEB-INF/web.xml"), "<web-app/>");
        assertThrows(DeploymentException.class, () -> deployer.replace(shop));
        assertEquals("503", at("/shop"));

        assertTrue(deployer.undeploy(shop));
        assertEquals("a", at("/shop"));
    }

    @Test
    void oneThatServesAndIsUndeployedMovesNoMore() throws Exception {
        deployed("shop", "");
        deployed("a", "");
        refused("a", "context_path: /shop");
        assertTrue(deployer.undeploy("/a"));

        assertTrue(deployer.undeploy("/shop"));
        assertEquals("404", at("/shop"));
        assertEquals("", states());
    }

    @Test
    void oneThatEndsBeforeItMovesGoesOnWhereItCannotMove() throws Exception {
        AppFile shop = deployed("shop", "");
        deployed("a", "redeploy: restart");
        refused("b", "context_path: /a");
        refused("a", "context_path: /shop\nredeploy: restart");
        assertEquals("a", at("/a"));

        deployer.undeploy(shop);
        assertEquals("a", at("/shop"));
        assertEquals("b", at("/a"));
        assertEquals("/a/ RUNNING, /shop/ RUNNING", states());
    }

    @Test
    void oneThatHasEndedAndDoesNotStartElsewhereLeavesItsPlaceToTheNext() throws Exception {
        AppFile moving = deployed("a", "redeploy: restart");
        refused("b", "context_path: /a");
        app("a", "context_path: /shop\nredeploy: restart");
        Files.writeString(moving.path().resolve("WEB-INF/web.xml"), "<web-app/>");

        assertThrows(DeploymentException.class, () -> deployer.replace(moving));
        assertEquals("b", at("/a"));
        assertEquals("404", at("/shop"));
    }

    @Test
    void nobodyTakesThePlaceOfOneWhoseRestartHasFailed() throws Exception {
        AppFile shop = deployed("shop", "redeploy: restart");
        Files.writeString(shop.path().resolve("WEB-INF/web.xml"), "<web-app/>");
        assertThrows(DeploymentException.class, () -> deployer.replace(shop));
        refused("a", "context_path: /shop");
        AppFile other = app("b", "context_path: /shop");
        assertThrows(DeploymentException.class, () -> deployer.deploy(other));
        assertEquals("503", at("/shop"));

        Files.delete(shop.path().resolve("WEB-INF/web.xml"));
        deployer.deploy(shop);
        assertEquals("shop", at("/shop"));
    }
}

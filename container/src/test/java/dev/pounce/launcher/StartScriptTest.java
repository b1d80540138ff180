package dev.pounce.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * {@code bin/pounce} among JDKs and builds that are only scripts: each {@code java} prints which
 * one it is and its arguments.
 */
@DisabledOnOs(OS.WINDOWS)
@Timeout(60)
class StartScriptTest {

    private static final Path SCRIPT =
            Path.of(System.getProperty("pounce.root", ".."), "bin", "pounce");

    @TempDir Path temp;

    private Path home;
    private Path path;
    private final Map<String, String> environment = new TreeMap<>();

    record Result(int status, List<String> out, String err) {
        String java() {
            return out.getFirst();
        }

        List<String> arguments() {
            return out.subList(1, out.size());
        }
    }

    @BeforeEach
    void unpack() throws IOException {
        temp = temp.toRealPath();
        home = temp.resolve("a home");
        path = Files.createDirectories(temp.resolve("path"));
        // The usual places of this machine have JDKs of their own.
        String script = Files.readString(SCRIPT);
        for (String place : List.of("/usr/lib/jvm", "/usr/java", "/opt", "/Library")) {
            assertTrue(script.contains(" " + place + "/"), place);
            script = script.replace(" " + place + "/", " \"$HOME\"" + place + "/");
        }
        executable(home.resolve("bin/pounce"), script);
        Files.createDirectories(home.resolve("lib"));
        Files.createFile(home.resolve("lib/pounce-container-1.jar"));
        Files.createFile(home.resolve("lib/another.jar"));
        for (String tool :
                List.of("bash", "env", "dirname", "basename", "readlink", "sed", "head")) {
            link(path.resolve(tool), which(tool));
        }
        environment.put("PATH", path.toString());
        environment.put("HOME", temp.resolve("user").toString());
    }

    @Test
    void javaHomeIsTakenIfItIsNewEnough() throws Exception {
        environment.put("JAVA_HOME", jdk("mine", "25.0.1").toString());
        jdk("user/usr/lib/jvm/other", "25");
        assertEquals("mine", run("run", "--port", "0").java());
    }

    @Test
    void anOldJavaHomeIsPassedOverForTheOneOnThePath() throws Exception {
        environment.put("JAVA_HOME", jdk("old", "17.0.15").toString());
        link(temp.resolve("alternative"), jdk("behind a link", "26-ea").resolve("bin/java"));
        link(path.resolve("java"), temp.resolve("alternative"));
        assertEquals("behind a link", run("run").java());
    }

    @Test
    void theUsualPlacesComeLast() throws Exception {
        jdk("user/usr/lib/jvm/java-17", "17");
        jdk("user/usr/lib/jvm/java-25", "25");
        assertEquals("user/usr/lib/jvm/java-25", run("run").java());
    }

    @Test
    void sdkmanIsAUsualPlace() throws Exception {
        jdk("user/.sdkman/candidates/java/25-tem", "25");
        assertEquals("user/.sdkman/candidates/java/25-tem", run("run").java());
    }

    @Test
    void aJavaWithoutAReleaseFileIsAskedForItsVersion() throws Exception {
        Path jdk = jdk("asked", "25");
        Files.delete(jdk.resolve("release"));
        environment.put("JAVA_HOME", jdk.toString());
        assertEquals("asked", run("run").java());
    }

    @Test
    void withoutAnyJavaItSaysInOneLineWhatToInstall() throws Exception {
        environment.put("JAVA_HOME", jdk("old", "1.8.0_392").toString());
        Result result = run("run");
        assertEquals(1, result.status());
        assertEquals(
                "pounce: no Java 25 or later found: install a JDK 25 (for instance"
                        + " https://adoptium.net) or point JAVA_HOME at one\n",
                result.err());
    }

    @Test
    void theJvmGetsTheClassPathAndTheArguments() throws Exception {
        environment.put("JAVA_HOME", jdk("jdk", "25").toString());
        assertEquals(
                List.of(
                        "--enable-native-access=ALL-UNNAMED",
                        "--add-opens=java.base/java.lang=ALL-UNNAMED",
                        "--add-opens=java.base/java.lang.invoke=ALL-UNNAMED",
                        "--add-opens=java.base/java.lang.reflect=ALL-UNNAMED",
                        "--add-opens=java.base/java.io=ALL-UNNAMED",
                        "--add-opens=java.base/java.util=ALL-UNNAMED",
                        "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
                        "-XX:+UseCompactObjectHeaders",
                        "-XX:Tier3InvocationThreshold=1000",
                        "-XX:Tier3MinInvocationThreshold=500",
                        "-XX:Tier3CompileThreshold=10000",
                        "-Djava.awt.headless=true",
                        "-XX:+UseParallelGC",
                        "-cp",
                        home + "/lib/another.jar:" + home + "/lib/pounce-container-1.jar",
                        "dev.pounce.launcher.Main",
                        "run",
                        "--set",
                        "host=a b",
                        "HOME=" + home,
                        "BASE=" + home),
                run("run", "--set", "host=a b").arguments());
    }

    @Test
    void whatIsNotOnTheClassPathIsNamedIfItIsThere() throws Exception {
        environment.put("JAVA_HOME", jdk("jdk", "25").toString());
        Files.createDirectories(home.resolve("lib/native"));
        Files.createFile(Files.createDirectories(home.resolve("lib/migration")).resolve("any.jar"));
        List<String> arguments = run("run").arguments();
        for (String option :
                List.of(
                        "-Dpounce.native=" + home + "/lib/native",
                        "-Dpounce.migration=" + home + "/lib/migration",
                        home + "/lib/another.jar:" + home + "/lib/pounce-container-1.jar")) {
            assertTrue(arguments.contains(option), option + " in " + arguments);
        }
    }

    @Test
    void aSymbolicLinkLeadsHome() throws Exception {
        environment.put("JAVA_HOME", jdk("jdk", "25").toString());
        link(temp.resolve("first"), Path.of("a home", "bin", "pounce"));
        link(path.resolve("second"), temp.resolve("first"));
        Result result = start(path, List.of("./second", "run"));
        assertTrue(result.arguments().contains("HOME=" + home), result.toString());
    }

    @Test
    void homeAndBaseCanBeElsewhere() throws Exception {
        environment.put("JAVA_HOME", jdk("jdk", "25").toString());
        Files.createDirectories(temp.resolve("base"));
        Path moved = temp.resolve("moved");
        executable(moved.resolve("pounce"), Files.readString(home.resolve("bin/pounce")));
        environment.put("POUNCE_HOME", "a home");
        environment.put("POUNCE_BASE", "base");
        List<String> arguments = start(temp, List.of("moved/pounce", "run")).arguments();
        assertTrue(arguments.contains("HOME=" + home), arguments.toString());
        assertTrue(arguments.contains("BASE=" + temp.resolve("base")), arguments.toString());
        assertTrue(
                arguments.contains(
                        home + "/lib/another.jar:" + home + "/lib/pounce-container-1.jar"),
                arguments.toString());
    }

    @Test
    void javaOptsComeAfterTheDefaultsAndAreNoPatterns() throws Exception {
        environment.put("JAVA_HOME", jdk("jdk", "25").toString());
        environment.put("JAVA_OPTS", " -Xmx64m  -Dpattern=* ");
        List<String> arguments = run("run").arguments();
        assertEquals(
                List.of("-XX:+UseParallelGC", "-Xmx64m", "-Dpattern=*", "-cp"),
                arguments.subList(12, 16));
    }

    @Test
    void aCollectorInJavaOptsIsTheOnlyOne() throws Exception {
        environment.put("JAVA_HOME", jdk("jdk", "25").toString());
        environment.put("JAVA_OPTS", "-XX:+UseZGC -Xmx64m");
        List<String> arguments = run("run").arguments();
        assertTrue(arguments.contains("-XX:+UseZGC"), arguments.toString());
        assertFalse(arguments.contains("-XX:+UseParallelGC"), arguments.toString());
    }

    @Test
    void aCheckoutIsBuiltOnce() throws Exception {
        environment.put("JAVA_HOME", jdk("jdk", "25").toString());
        makeCheckout();
        executable(
                path.resolve("mvn"),
                """
                #!/bin/sh
                echo "built with $* in $PWD"
                mkdir -p dist/target/lib && : > dist/target/lib/pounce-container-1.jar
                """);
        link(path.resolve("mkdir"), which("mkdir"));

        String build = "-q -DskipTests -Dassembly.skipAssembly -pl dist -am package";
        Result first = run("run");
        assertEquals(
                """
                pounce: this checkout is not built yet; building it with mvn %s
                built with %s in %s
                """
                        .formatted(build, build, home),
                first.err());
        assertTrue(
                first.arguments().contains(home + "/dist/target/lib/pounce-container-1.jar"),
                first.toString());

        assertEquals("", run("run").err());
    }

    @Test
    void aBuildThatFailsEndsTheStart() throws Exception {
        environment.put("JAVA_HOME", jdk("jdk", "25").toString());
        makeCheckout();
        executable(path.resolve("mvn"), "#!/bin/sh\nexit 1\n");
        Result result = run("run");
        assertEquals(1, result.status());
        assertEquals(List.of(), result.out());
        assertTrue(result.err().endsWith("pounce: the build failed; see above\n"), result.err());
    }

    @Test
    void withoutMavenACheckoutCannotBeBuilt() throws Exception {
        environment.put("JAVA_HOME", jdk("jdk", "25").toString());
        makeCheckout();
        Result result = run("run");
        assertEquals(1, result.status());
        assertTrue(result.err().contains("install Maven"), result.err());
    }

    @Test
    void aHomeWithoutJarsIsNamed() throws Exception {
        environment.put("JAVA_HOME", jdk("jdk", "25").toString());
        Files.delete(home.resolve("lib/pounce-container-1.jar"));
        Result result = run("run");
        assertEquals(1, result.status());
        assertTrue(result.err().startsWith("pounce: no jars in " + home + "/lib:"), result.err());
    }

    @Test
    void theJvmTakesThePlaceOfTheScript() throws Exception {
        Path jdk = jdk("jdk", "25");
        executable(jdk.resolve("bin/java"), "#!/bin/sh\necho $$\nexit 7\n");
        environment.put("JAVA_HOME", jdk.toString());
        Process process = process(temp, List.of(home.resolve("bin/pounce").toString(), "run"));
        String pid = process.inputReader().readLine();
        assertEquals(process.pid(), Long.parseLong(pid));
        assertEquals(7, process.waitFor());
    }

    private void makeCheckout() throws IOException {
        Files.delete(home.resolve("lib/pounce-container-1.jar"));
        Files.createDirectories(home.resolve("dist"));
        Files.createFile(home.resolve("dist/pom.xml"));
    }

    private Path jdk(String name, String version) throws IOException {
        Path jdk = temp.resolve(name);
        executable(
                jdk.resolve("bin/java"),
                """
                #!/bin/sh
                if [ "$1" = -version ]; then
                    echo 'openjdk version "%s" 2026-04-21' >&2
                    exit
                fi
                echo "%s"
                for argument in "$@"; do echo "$argument"; done
                echo "HOME=$POUNCE_HOME"
                echo "BASE=$POUNCE_BASE"
                """
                        .formatted(version, name));
        Files.writeString(
                jdk.resolve("release"),
                "IMPLEMENTOR=\"x\"\nJAVA_RUNTIME_VERSION=\"%s+9\"\nJAVA_VERSION=\"%s\"\n"
                        .formatted(version, version));
        return jdk;
    }

    private Result run(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(home.resolve("bin/pounce").toString()));
        command.addAll(List.of(arguments));
        return start(temp, command);
    }

    private Result start(Path directory, List<String> command) throws Exception {
        Process process = process(directory, command);
        List<String> out = process.inputReader().lines().toList();
        String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Result(process.waitFor(), out, err);
    }

    private Process process(Path directory, List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        return builder.start();
    }

    private static void executable(Path file, String script) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, script);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static void link(Path link, Path target) throws IOException {
        Files.createSymbolicLink(link, target);
    }

    private static Path which(String tool) {
        return List.of("/usr/bin", "/bin").stream()
                .map(directory -> Path.of(directory, tool))
                .filter(Files::exists)
                .findFirst()
                .orElseThrow();
    }
}

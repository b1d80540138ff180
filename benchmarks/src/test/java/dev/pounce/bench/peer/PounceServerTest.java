package dev.pounce.bench.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

class PounceServerTest {

    @Test
    void runsOnTheJvmThatIsShipped() throws IOException {
        String script =
                Files.readString(Path.of(System.getProperty("pounce.root"), "bin", "pounce"));
        String options =
                script.substring(script.indexOf("\noptions=("), script.indexOf("\nset -f"));
        Set<String> shipped = new TreeSet<>();
        Matcher option = Pattern.compile("(?<=[ (])-XX:[+\\w=]+").matcher(options);
        while (option.find()) {
            shipped.add(option.group());
        }
        assertEquals(new TreeSet<>(PounceServer.OPTIONS), shipped);
    }
}

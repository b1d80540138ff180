package dev.pounce.bench.peer;

import dev.pounce.bench.app.Work;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Pounce with its start script, its configuration and the sample applications of this checkout.
 *
 * @param files where the script is
 */
record PounceAsShipped(ModuleFiles files) implements Peer {

    @Override
    public String name() {
        return "pounce-shipped";
    }

    @Override
    public String description() {
        return "Pounce, bin/pounce with the samples";
    }

    @Override
    public Abilities abilities() {
        return Abilities.of(Work.HELLO);
    }

    @Override
    public Pattern greeting() {
        return Pattern.compile(".*http://127\\.0\\.0\\.1:(\\d+)/.*");
    }

    @Override
    public String shortAnswer() {
        return "/fused/hello";
    }

    @Override
    public List<String> command(Purpose purpose) {
        return List.of(files.startScript().toString(), "run", "--host", "127.0.0.1", "--port", "0");
    }
}

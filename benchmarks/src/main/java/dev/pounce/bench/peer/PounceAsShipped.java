package dev.pounce.bench.peer;

import dev.pounce.bench.app.Work;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Pounce with its start script and its configuration.
 *
 * @param files where the script is
 * @param description see {@link Peer#description}
 * @param shortAnswer see {@link Peer#shortAnswer}
 * @param settings further ones, such as {@code webapps=/a/folder}
 */
record PounceAsShipped(
        ModuleFiles files, String description, String shortAnswer, List<String> settings)
        implements Peer {

    /** With the sample applications of this checkout. */
    static PounceAsShipped withSamples(ModuleFiles files) {
        return new PounceAsShipped(
                files, "Pounce, bin/pounce with the samples", "/fused/hello", List.of());
    }

    @Override
    public String name() {
        return "pounce-shipped";
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
    public List<String> command(Purpose purpose) {
        List<String> command = new ArrayList<>();
        command.addAll(List.of(files.startScript().toString(), "run"));
        command.addAll(List.of("--host", "127.0.0.1", "--port", "0"));
        for (String setting : settings) {
            command.addAll(List.of("--set", setting));
        }
        return command;
    }
}

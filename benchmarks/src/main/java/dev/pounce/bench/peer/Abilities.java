package dev.pounce.bench.peer;

import dev.pounce.bench.app.Coding;
import dev.pounce.bench.app.Work;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a server can be asked for, and why not for the rest.
 *
 * @param works the answers that it has
 * @param codings the content codings in which it has those that are worth coding
 * @param exceptions what it cannot do although it has work and coding
 */
public record Abilities(Set<Work> works, Set<Coding> codings, List<Lack> exceptions) {

    /**
     * A reason for which a server takes no part.
     *
     * @param work the answer
     * @param coding its coding
     * @param why for the reader of the table
     */
    public record Lack(Work work, Coding coding, String why) {}

    /** These answers, as they are. */
    static Abilities of(Work first, Work... more) {
        return new Abilities(EnumSet.of(first, more), EnumSet.of(Coding.IDENTITY), List.of());
    }

    /** All that servlets and files of a web application answer, as they are. */
    static Abilities ofContainer() {
        EnumSet<Work> works = EnumSet.allOf(Work.class);
        works.remove(Work.HELLO);
        return new Abilities(works, EnumSet.of(Coding.IDENTITY), List.of());
    }

    /** The same answers in these codings only. */
    Abilities in(Coding first, Coding... more) {
        return new Abilities(works, EnumSet.of(first, more), exceptions);
    }

    /** Without an answer in some codings, and why. */
    Abilities without(String why, Work work, Coding... in) {
        List<Lack> all = new ArrayList<>(exceptions);
        for (Coding coding : in) {
            all.add(new Lack(work, coding, why));
        }
        return new Abilities(works, codings, all);
    }

    /** Why a server that has this answer does not give it in this coding; empty when it does. */
    public Optional<String> obstacle(Work work, Coding coding) {
        if (!codings.contains(coding)) {
            return Optional.of(coding == Coding.IDENTITY ? "coded only" : "no " + coding.label());
        }
        return exceptions.stream()
                .filter(exception -> exception.work() == work && exception.coding() == coding)
                .map(Lack::why)
                .findFirst();
    }
}

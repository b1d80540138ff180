package dev.pounce.control;

import java.util.List;

/** Does what is asked for on the control socket; called by several threads at once. */
@FunctionalInterface
public interface Commands {

    /**
     * Does what one command says.
     *
     * @param words the command and its arguments, at least one
     * @return what to say of it; exceptions are answered too, and logged
     */
    Answer answer(List<String> words) throws Exception;
}

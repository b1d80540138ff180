package notes;

import org.springframework.stereotype.Repository;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** All notes, in memory. */
@Repository
public class NoteStore {
    private final Map<Integer, Note> notes = new TreeMap<>();
    private int last;

    /** Adds a note. */
    public synchronized Note add(String text) {
        Note note = new Note(++last, text);
        notes.put(note.id(), note);
        return note;
    }

    /** All notes by number. */
    public synchronized List<Note> all() {
        return new ArrayList<>(notes.values());
    }

    /** A note, or null. */
    public synchronized Note find(int id) {
        return notes.get(id);
    }

    /** Removes a note and says whether it was there. */
    public synchronized boolean remove(int id) {
        return notes.remove(id) != null;
    }
}

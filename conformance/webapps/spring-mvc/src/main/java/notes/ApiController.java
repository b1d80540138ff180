package notes;

import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.async.DeferredResult;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;
import org.springframework.web.util.UriComponentsBuilder;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;

/** JSON, and every kind of handler that answers later. */
@RestController
@RequestMapping("/api")
public class ApiController {
    private final NoteStore store;
    private final Queue<DeferredResult<Note>> waiting = new ConcurrentLinkedQueue<>();
    private final Queue<SseEmitter> readers = new ConcurrentLinkedQueue<>();

    /** What a client sends. */
    public record NewNote(String text) {}

    ApiController(NoteStore store) {
        this.store = store;
    }

    @GetMapping("/notes")
    List<Note> all() {
        return store.all();
    }

    @GetMapping("/notes/{id}")
    Note one(@PathVariable int id) {
        Note note = store.find(id);
        if (note == null) {
            throw new NoSuchElementException("no note " + id);
        }
        return note;
    }

    /** Adds a note, and tells everybody who waits for one. */
    @PostMapping("/notes")
    ResponseEntity<Note> add(@RequestBody NewNote given, UriComponentsBuilder url)
            throws IOException {
        Note note = store.add(given.text());
        for (DeferredResult<Note> each; (each = waiting.poll()) != null; ) {
            each.setResult(note);
        }
        for (SseEmitter each : readers) {
            each.send(SseEmitter.event().id(Integer.toString(note.id())).data(note));
        }
        return ResponseEntity.created(url.path("/api/notes/{id}").build(note.id())).body(note);
    }

    @DeleteMapping("/notes/{id}")
    ResponseEntity<Void> remove(@PathVariable int id) {
        return store.remove(id)
                ? ResponseEntity.noContent().build()
                : ResponseEntity.notFound().build();
    }

    /** The next note that somebody adds. */
    @GetMapping("/next")
    DeferredResult<Note> next() {
        DeferredResult<Note> result = new DeferredResult<>();
        waiting.add(result);
        return result;
    }

    @GetMapping("/waiting")
    int waiting() {
        return waiting.size() + readers.size();
    }

    /** An event for each note that is added. */
    @GetMapping("/events")
    SseEmitter events() throws IOException {
        SseEmitter reader = new SseEmitter();
        reader.onCompletion(() -> readers.remove(reader));
        reader.send(SseEmitter.event().comment("ready"));
        readers.add(reader);
        return reader;
    }

    /** Ends all event streams. */
    @PostMapping("/close")
    void close() {
        readers.forEach(SseEmitter::complete);
    }

    @GetMapping("/later")
    Callable<String> later(@RequestParam boolean fail) {
        return () -> {
            if (fail) {
                throw new NoSuchElementException("later");
            }
            return Thread.currentThread().getName();
        };
    }

    @GetMapping(value = "/lines", produces = "text/plain")
    StreamingResponseBody lines(@RequestParam int count) {
        return out -> {
            for (int i = 0; i < count; i++) {
                out.write(("line " + i + "\n").getBytes(StandardCharsets.UTF_8));
                if (i % 100 == 0) {
                    out.flush();
                }
            }
        };
    }

    @ExceptionHandler
    ResponseEntity<String> missing(NoSuchElementException e) {
        return ResponseEntity.status(HttpStatus.NOT_FOUND).body("missing: " + e.getMessage());
    }
}

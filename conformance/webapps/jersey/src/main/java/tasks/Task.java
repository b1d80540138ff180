package tasks;

/** A task, bound to JSON by its fields. */
public final class Task {
    public int id;
    public String title;
    public boolean done;
}

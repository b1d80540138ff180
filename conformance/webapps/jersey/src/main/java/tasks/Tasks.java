package tasks;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** All tasks, in memory. */
final class Tasks {
    static final Tasks ALL = new Tasks();

    private final Map<Integer, Task> tasks = new TreeMap<>();
    private int last;

    synchronized Task add(Task task) {
        task.id = ++last;
        tasks.put(task.id, task);
        return task;
    }

    synchronized List<Task> all() {
        return new ArrayList<>(tasks.values());
    }

    synchronized Task find(int id) {
        return tasks.get(id);
    }

    synchronized Task remove(int id) {
        return tasks.remove(id);
    }
}

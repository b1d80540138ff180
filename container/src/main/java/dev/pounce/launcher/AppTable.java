package dev.pounce.launcher;

import dev.pounce.config.DefaultHostConfig;
import dev.pounce.deploy.AppStatus;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Writes how applications are, for people and for programs. */
final class AppTable {
    private static final List<String> HEAD =
            List.of("HOST", "PATH", "STATE", "SINCE", "REQUESTS", "SESSIONS", "FROM");

    private AppTable() {}

    /**
     * A table; why something did not start is on a line of its own below it. The hosts are in it
     * where there are others than the default one.
     */
    static String text(List<AppStatus> all) {
        boolean hosts = all.stream().anyMatch(app -> !app.host().equals(DefaultHostConfig.ID));
        List<List<String>> rows = new ArrayList<>(List.of(HEAD));
        all.forEach(app -> rows.add(row(app)));
        rows.replaceAll(row -> hosts ? row : row.subList(1, row.size()));
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < rows.size(); i++) {
            for (int column = 0; column < rows.get(i).size() - 1; column++) {
                String cell = rows.get(i).get(column);
                text.append(cell).append(" ".repeat(width(rows, column) - cell.length() + 2));
            }
            text.append(rows.get(i).getLast()).append('\n');
            String reason = i == 0 ? null : all.get(i - 1).reason();
            if (reason != null) {
                reason.lines().forEach(line -> text.append("    ").append(line).append('\n'));
            }
        }
        return text.toString();
    }

    private static int width(List<List<String>> rows, int column) {
        return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
    }

    private static List<String> row(AppStatus app) {
        return List.of(
                app.host(),
                app.name().toString(),
                state(app),
                app.since().toString(),
                Long.toString(app.requests()),
                Long.toString(app.sessions()),
                app.origin().toString());
    }

    private static String state(AppStatus app) {
        return app.state().name().toLowerCase(Locale.ROOT);
    }

    /** An array of objects, one in each line. */
    static String json(List<AppStatus> all) {
        return all.stream().map(AppTable::json).collect(Collectors.joining(",\n", "[\n", "\n]\n"));
    }

    private static String json(AppStatus app) {
        String reason = app.reason();
        return "{\"host\": %s, \"context_path\": %s, \"version\": %s, \"state\": %s, \"since\": %s, \"requests\": %d, \"sessions\": %d, \"from\": %s, \"reason\": %s}"
                .formatted(
                        Json.quote(app.host()),
                        Json.quote(app.name().contextPath()),
                        Json.quote(app.name().version()),
                        Json.quote(state(app)),
                        Json.quote(app.since().toString()),
                        app.requests(),
                        app.sessions(),
                        Json.quote(app.origin().toString()),
                        reason == null ? "null" : Json.quote(reason));
    }
}

package dev.pounce.bench;

import java.util.List;
import java.util.Locale;

/** Tables in Markdown whose columns are aligned, to be read as they are or pasted. */
final class MarkdownTable {

    private MarkdownTable() {}

    /**
     * A table, the first column to the left and the figures to the right.
     *
     * @param rows at least the headings; all of the same length
     */
    static String of(List<List<String>> rows) {
        int[] widths = new int[rows.getFirst().size()];
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        StringBuilder table = new StringBuilder();
        for (int number = 0; number < rows.size(); number++) {
            for (int i = 0; i < widths.length; i++) {
                String pattern = (i == 0 ? "| %-" : " %") + widths[i] + "s |";
                table.append(String.format(Locale.ROOT, pattern, rows.get(number).get(i)));
            }
            table.append('\n');
            if (number == 0) {
                table.append(rule(widths));
            }
        }
        return table.toString();
    }

    private static String rule(int[] widths) {
        StringBuilder rule = new StringBuilder("|").append("-".repeat(widths[0] + 2)).append('|');
        for (int i = 1; i < widths.length; i++) {
            rule.append("-".repeat(widths[i] + 1)).append(":|");
        }
        return rule.append('\n').toString();
    }
}

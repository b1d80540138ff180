package dev.pounce.bench;

import dev.pounce.bench.TargetTable.Standing;

import java.util.List;
import java.util.Locale;

/** Ratios to others as bars, one below the other, in SVG. A tick in each row is its target. */
final class RatioChart {

    private static final int LABELS = 330;
    private static final int BARS = 420;
    private static final int FIGURES = 60;
    private static final int ROW = 20;
    private static final int TOP = 34;
    private static final double MAX = 2.0;

    private RatioChart() {}

    /** Draws; longer bars are cut where the scale ends. */
    static String svg(List<Standing> standings) {
        int height = TOP + standings.size() * ROW + 10;
        int width = LABELS + BARS + FIGURES;
        StringBuilder svg = new StringBuilder();
        append(
                svg,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%1$d\" height=\"%2$d\""
                        + " viewBox=\"0 0 %1$d %2$d\" font-family=\"sans-serif\""
                        + " font-size=\"12\">%n",
                width,
                height);
        append(svg, "<rect width=\"%d\" height=\"%d\" fill=\"#ffffff\"/>%n", width, height);
        append(
                svg,
                "<text x=\"%d\" y=\"16\">Pounce in relation to the other: shorter is cheaper;"
                        + " the tick is the target</text>%n",
                8);
        append(
                svg,
                "<line x1=\"%1$.1f\" y1=\"%2$d\" x2=\"%1$.1f\" y2=\"%3$d\" stroke=\"#999999\""
                        + " stroke-dasharray=\"3 3\"/>%n",
                x(1),
                TOP - 6,
                height - 6);
        for (int i = 0; i < standings.size(); i++) {
            row(svg, standings.get(i), TOP + i * ROW);
        }
        return svg.append("</svg>\n").toString();
    }

    private static void row(StringBuilder svg, Standing standing, int y) {
        Target target = standing.target();
        double ratio = standing.ratio().median();
        String color =
                switch (standing.verdict()) {
                    case "met" -> "#2e7d32";
                    case "within the spread" -> "#f9a825";
                    default -> "#c62828";
                };
        append(
                svg,
                "<text x=\"8\" y=\"%d\">%s</text>%n",
                y + 13,
                target.row() + ", " + target.measure().unit() + ", " + rival(standing));
        append(
                svg,
                "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"12\" fill=\"%s\"/>%n",
                LABELS,
                y + 3,
                x(Math.min(ratio, MAX)) - LABELS,
                color);
        append(
                svg,
                "<line x1=\"%1$.1f\" y1=\"%2$d\" x2=\"%1$.1f\" y2=\"%3$d\" stroke=\"#000000\""
                        + " stroke-width=\"2\"/>%n",
                x(Math.min(target.factor(), MAX)),
                y + 1,
                y + 17);
        append(svg, "<text x=\"%d\" y=\"%d\">%.2f</text>%n", LABELS + BARS + 10, y + 13, ratio);
    }

    private static String rival(Standing standing) {
        return standing.results()
                .getLast()
                .rival()
                .map(rival -> rival.description().replaceAll(",.*", ""))
                .orElse("the bound");
    }

    private static double x(double ratio) {
        return LABELS + ratio / MAX * BARS;
    }

    private static void append(StringBuilder svg, String format, Object... values) {
        svg.append(String.format(Locale.ROOT, format, values));
    }
}

package io.evenkeel.benchmarks.laboratory;

import io.evenkeel.benchmarks.laboratory.world.LatencyHistogram;
import java.util.List;
import java.util.Locale;

/**
 * An SVG of how latency grows with the percentile, a line per contender: percentiles to the right,
 * each step ten times fewer requests above it; latency upwards, logarithmic. A line that runs flat
 * at the top has met the deadline.
 */
final class LatencyPlot {
  private static final int LEFT = 60;
  private static final int TOP = 40;
  private static final int WIDTH = 560;
  private static final int HEIGHT = 360;
  private static final int LEGEND = 230;
  private static final double NINES = 4; // the last percentile is 99.99
  private static final double LEAST = 10; // milliseconds at the bottom
  private static final double DECADES = 3; // of milliseconds from bottom to top
  private static final int STEPS = 100;
  private static final String[] DASHES = {
    "", " stroke-dasharray=\"6 3\"", " stroke-dasharray=\"2 2\""
  };

  private final StringBuilder svg = new StringBuilder();

  private LatencyPlot() {}

  static String of(String title, List<Result> results) {
    LatencyPlot plot = new LatencyPlot();
    plot.frame(title);
    for (int i = 0; i < results.size(); i++) {
      plot.curve(i, results.size(), results.get(i));
    }
    return plot.svg.append("</svg>\n").toString();
  }

  private void frame(String title) {
    int width = LEFT + WIDTH + LEGEND;
    int height = TOP + HEIGHT + 50;
    add(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\""
            + " font-size=\"12\">%n",
        width, height);
    add("<rect width=\"%d\" height=\"%d\" fill=\"white\"/>%n", width, height);
    add("<text x=\"%d\" y=\"22\" font-size=\"15\">%s</text>%n", LEFT, escaped(title));
    for (double decade : new double[] {10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000}) {
      grid(LEFT, y(decade), LEFT + WIDTH, y(decade));
      add(
          "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%.0f</text>%n",
          LEFT - 6, y(decade) + 4, decade);
    }
    for (double percent : new double[] {0, 50, 90, 99, 99.9, 99.99}) {
      double x = x(1 - percent / 100);
      grid(x, TOP, x, TOP + HEIGHT);
      String label = percent % 1 == 0 ? Integer.toString((int) percent) : Double.toString(percent);
      add(
          "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%s</text>%n",
          x, TOP + HEIGHT + 18, label);
    }
    add("<text x=\"%d\" y=\"%d\">percentile</text>%n", LEFT, TOP + HEIGHT + 38);
    add("<text x=\"6\" y=\"%d\">ms</text>%n", TOP - 6);
  }

  private void grid(double fromX, double fromY, double toX, double toY) {
    add(
        "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"#ddd\"/>%n",
        fromX, fromY, toX, toY);
  }

  private void curve(int index, int count, Result result) {
    LatencyHistogram latencies = result.latencies();
    String style = "hsl(" + 360 * index / count + ",75%,42%)\"" + DASHES[index % DASHES.length];
    add("<polyline fill=\"none\" stroke-width=\"1.6\" stroke=\"%s points=\"", style);
    for (int step = 0; step <= STEPS; step++) {
      double above = Math.pow(10, -NINES * step / STEPS);
      add("%.1f,%.1f ", x(above), y(latencies.quantile(1 - above)));
    }
    add("\"/>%n");
    int y = TOP + 10 + 18 * index;
    int x = LEFT + WIDTH + 16;
    add(
        "<line x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\" stroke-width=\"2\" stroke=\"%s/>%n",
        x, y, x + 24, y, style);
    add("<text x=\"%d\" y=\"%d\">%s</text>%n", x + 30, y + 4, escaped(result.contender()));
  }

  private static double x(double shareAbove) {
    return LEFT - WIDTH * Math.log10(shareAbove) / NINES;
  }

  private static double y(double millis) {
    double decades = Math.log10(Math.max(LEAST, millis) / LEAST);
    return TOP + HEIGHT - HEIGHT * Math.min(1, decades / DECADES);
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;");
  }

  private void add(String format, Object... values) {
    svg.append(String.format(Locale.ROOT, format, values));
  }
}

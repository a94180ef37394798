package dev.banyan.it.load.plot;

import java.util.List;
import java.util.Locale;

/** Not thread-safe: one row for each thing that is compared, values across. */
public final class Rows {
  private static final int WIDTH = 820;
  private static final int LABELS = 285;
  private static final int RIGHT = 60;
  private static final int TOP = 56;
  private static final int ROW = 26;
  private static final int BAR = 16;

  private final Svg svg;
  private final Scale scale;
  private final int bottom;
  private int y = TOP;

  private Rows(String title, int rows, Scale scale) {
    this.bottom = TOP + rows * ROW;
    this.svg = new Svg(WIDTH, bottom + 8, title);
    this.scale = scale;
    for (double tick : scale.ticks()) {
      svg.line("grid", scale.at(tick), TOP - 8, scale.at(tick), bottom);
      svg.text("small middle", scale.at(tick), TOP - 14, Scale.label(tick));
    }
  }

  /**
   * One thing's figure.
   *
   * @param own whether it is what the picture is about
   */
  public record Bar(String label, double median, double least, double most, boolean own) {}

  /**
   * Several figures of one thing, all above zero.
   *
   * @param values one for each name
   */
  public record Points(String label, List<Double> values) {}

  /** Bars from nothing to the medians, with the least and the most. */
  public static String bars(String title, List<Bar> bars) {
    double most = bars.stream().mapToDouble(Bar::most).max().orElseThrow();
    Rows rows = new Rows(title, bars.size(), Scale.linear(most, LABELS, WIDTH - RIGHT));
    bars.forEach(rows::bar);
    return rows.svg.page();
  }

  /** Points on a logarithmic scale, a colour for each name. */
  public static String points(String title, List<String> names, List<Points> all) {
    double least =
        all.stream().flatMap(row -> row.values().stream()).min(Double::compare).orElseThrow();
    double most =
        all.stream().flatMap(row -> row.values().stream()).max(Double::compare).orElseThrow();
    Rows rows = new Rows(title, all.size(), Scale.logarithmic(least, most, LABELS, WIDTH - RIGHT));
    for (int i = 0; i < names.size(); i++) {
      double x = WIDTH - RIGHT - (names.size() - i) * 70.0;
      rows.svg.point(colour(i), x, 14);
      rows.svg.text("small", x + 9, 18, names.get(i));
    }
    all.forEach(rows::row);
    return rows.svg.page();
  }

  private void bar(Bar bar) {
    label(bar.label());
    double top = y + (ROW - BAR) / 2.0;
    double middle = y + ROW / 2.0;
    svg.bar(bar.own() ? "own" : "bar", LABELS, top, scale.at(bar.median()) - LABELS, BAR);
    svg.line("whisker", scale.at(bar.least()), middle, scale.at(bar.most()), middle);
    svg.text(
        "small",
        scale.at(Math.max(bar.most(), bar.median())) + 6,
        middle + 4,
        String.format(Locale.ROOT, bar.median() < 10 ? "%.1f" : "%,.0f", bar.median()));
    y += ROW;
  }

  private void row(Points points) {
    label(points.label());
    double middle = y + ROW / 2.0;
    double least = points.values().stream().min(Double::compare).orElseThrow();
    double most = points.values().stream().max(Double::compare).orElseThrow();
    svg.line("whisker", scale.at(least), middle, scale.at(most), middle);
    for (int i = 0; i < points.values().size(); i++) {
      svg.point(colour(i), scale.at(points.values().get(i)), middle);
    }
    y += ROW;
  }

  private void label(String label) {
    svg.text("end", LABELS - 10, y + ROW / 2.0 + 5, label);
  }

  private static String colour(int of) {
    return "c" + (of + 1) % Svg.COLOURS;
  }
}

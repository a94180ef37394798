package dev.banyan.it.load.plot;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Not thread-safe: what becomes of each thing's figure from one setting to the next. */
public final class Lines {
  private static final int WIDTH = 820;
  private static final int HEIGHT = 360;
  private static final int LEFT = 56;
  private static final int RIGHT = 290;
  private static final int TOP = 40;
  private static final int BOTTOM = 44;
  private static final int LABEL = 17;

  private Lines() {}

  /**
   * One thing's figures.
   *
   * @param values one for each setting, all above zero; NaN where there is none
   */
  public record Line(String label, List<Double> values) {}

  /** The picture: settings across, figures up on a logarithmic scale. */
  public static String picture(
      String title, String across, List<String> settings, List<Line> lines) {
    Svg svg = new Svg(WIDTH, HEIGHT, title);
    double[] known =
        lines.stream()
            .flatMap(line -> line.values().stream())
            .mapToDouble(Double::doubleValue)
            .filter(value -> !Double.isNaN(value))
            .sorted()
            .toArray();
    Scale up = Scale.logarithmic(known[0], known[known.length - 1], HEIGHT - BOTTOM, TOP);
    for (double tick : up.ticks()) {
      svg.line("grid", LEFT, up.at(tick), WIDTH - RIGHT, up.at(tick));
      svg.text("small end", LEFT - 6, up.at(tick) + 4, Scale.label(tick));
    }
    for (int i = 0; i < settings.size(); i++) {
      svg.text("small middle", x(i, settings), HEIGHT - BOTTOM + 18, settings.get(i));
    }
    svg.text("small middle", (LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - 8, across);
    draw(svg, up, settings, lines);
    return svg.page();
  }

  private static void draw(Svg svg, Scale up, List<String> settings, List<Line> lines) {
    double free = TOP;
    List<Line> byEnd = new ArrayList<>(lines);
    byEnd.sort(Comparator.comparingDouble((Line line) -> last(line)).reversed());
    for (Line line : byEnd) {
      String colour = "c" + lines.indexOf(line) % Svg.COLOURS;
      List<double[]> points = new ArrayList<>();
      for (int i = 0; i < line.values().size(); i++) {
        if (!Double.isNaN(line.values().get(i))) {
          points.add(new double[] {x(i, settings), up.at(line.values().get(i))});
        }
      }
      if (points.isEmpty()) {
        continue;
      }
      svg.path(colour, points);
      points.forEach(point -> svg.point(colour, point[0], point[1]));
      double y = Math.max(free, points.getLast()[1]);
      svg.point(colour, WIDTH - RIGHT + 16, y);
      svg.text("label", WIDTH - RIGHT + 26, y + 4, line.label());
      free = y + LABEL;
    }
  }

  private static double last(Line line) {
    List<Double> known = line.values().stream().filter(value -> !Double.isNaN(value)).toList();
    return known.isEmpty() ? 0 : known.getLast();
  }

  private static double x(int setting, List<String> settings) {
    double room = WIDTH - RIGHT - LEFT - 40.0;
    return LEFT + 20 + (settings.size() == 1 ? room / 2 : room * setting / (settings.size() - 1));
  }
}

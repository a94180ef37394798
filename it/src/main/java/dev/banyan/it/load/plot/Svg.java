package dev.banyan.it.load.plot;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Not thread-safe: a picture in the making. Lengths are pixels, from the upper left corner. */
final class Svg {
  /** Told apart by who doesn't see all colours, too (Okabe and Ito's). */
  private static final String STYLE =
      """
      <style>
      text { font: 13px system-ui, sans-serif; fill: #1f2328; }
      .title { font-weight: 600; font-size: 15px; }
      .small { font-size: 11px; fill: #59636e; }
      .end { text-anchor: end; } .middle { text-anchor: middle; }
      .grid { stroke: #d1d9e0; } .whisker { stroke: #1f2328; stroke-width: 1.5; }
      .bar { fill: #b7bec6; } .own { fill: #009e73; }
      .line { fill: none; stroke-width: 2; }
      .c0 { stroke: #7d8590; fill: #7d8590; } .c1 { stroke: #e69f00; fill: #e69f00; }
      .c2 { stroke: #0072b2; fill: #0072b2; } .c3 { stroke: #009e73; fill: #009e73; }
      .c4 { stroke: #d55e00; fill: #d55e00; } .c5 { stroke: #cc79a7; fill: #cc79a7; }
      @media (prefers-color-scheme: dark) {
        text { fill: #e6edf3; } .small { fill: #9198a1; }
        .grid { stroke: #3d444d; } .whisker { stroke: #e6edf3; } .bar { fill: #59636e; }
        .c2 { stroke: #56b4e9; fill: #56b4e9; }
      }
      </style>
      """;

  /** How many colours there are for lines and points. */
  static final int COLOURS = 6;

  private final StringBuilder out = new StringBuilder();

  Svg(int width, int height, String title) {
    out.append(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %1$d %2$d\" width=\"%1$d\" height=\"%2$d\" role=\"img\">%n<title>%3$s</title>%n"
            .formatted(width, height, escaped(title)));
    out.append(STYLE);
    text("title", 0, 18, title);
  }

  void text(String type, double x, double y, String text) {
    out.append(
            String.format(
                Locale.ROOT,
                "<text class=\"%s\" x=\"%.1f\" y=\"%.1f\">%s</text>",
                type,
                x,
                y,
                escaped(text)))
        .append('\n');
  }

  void bar(String type, double x, double y, double width, double height) {
    out.append(
            String.format(
                Locale.ROOT,
                "<rect class=\"%s\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"/>",
                type,
                x,
                y,
                width,
                height))
        .append('\n');
  }

  void line(String type, double fromX, double fromY, double toX, double toY) {
    out.append(
            String.format(
                Locale.ROOT,
                "<line class=\"%s\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>",
                type,
                fromX,
                fromY,
                toX,
                toY))
        .append('\n');
  }

  void point(String type, double x, double y) {
    out.append(
            String.format(
                Locale.ROOT, "<circle class=\"%s\" cx=\"%.1f\" cy=\"%.1f\" r=\"4\"/>", type, x, y))
        .append('\n');
  }

  /** A line through points, each an x and a y. */
  void path(String type, List<double[]> points) {
    String through =
        points.stream()
            .map(point -> String.format(Locale.ROOT, "%.1f,%.1f", point[0], point[1]))
            .collect(Collectors.joining(" "));
    out.append(
            String.format(
                Locale.ROOT,
                "<polyline class=\"line %s\" style=\"fill: none\" points=\"%s\"/>",
                type,
                through))
        .append('\n');
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  /** The picture's file. */
  String page() {
    return out + "</svg>\n";
  }
}

package dev.banyan.it.load;

import dev.banyan.it.load.plot.Lines;
import dev.banyan.it.load.plot.Rows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;

/**
 * Not thread-safe: pictures of what was measured, written beside a page.
 *
 * @param folder where they are written
 * @param reference the folder as the page names it, with a slash at the end, or empty
 * @param name what their files' names begin with
 */
record Pictures(Path folder, String reference, String name) {
  /** Below this nothing is told apart on a logarithmic scale. */
  private static final double LEAST = 1;

  /** Pictures of one scene's servers: the page's lines that show them. */
  String ofServers(String scene, Map<Contender, List<Shot>> shots) throws IOException {
    List<Rows.Bar> bars = new ArrayList<>();
    List<Rows.Points> times = new ArrayList<>();
    shots.forEach((contender, all) -> {
      bars.add(
          new Rows.Bar(
              contender.title(),
              LoadReport.median(all, Shot::cpuMicros),
              all.stream().mapToDouble(Shot::cpuMicros).min().orElseThrow(),
              all.stream().mapToDouble(Shot::cpuMicros).max().orElseThrow(),
              contender.banyan()));
      times.add(
          new Rows.Points(
              contender.title(),
              List.of(atLeast(all, Shot::p50), atLeast(all, Shot::p99), atLeast(all, Shot::p999))));
    });
    if (bars.isEmpty()) {
      return "";
    }
    return show("cpu", Rows.bars("CPU for each answer, us: median, least and most", bars), scene)
        + show(
            "times",
            Rows.points("Time to an answer, us", List.of("p50", "p99", "p99.9"), times),
            scene);
  }

  /** A picture of what becomes of each server along an axis. */
  String ofAxis(String axis, Map<Scene, Map<Contender, List<Shot>>> measured) throws IOException {
    TreeSet<Contender> all = new TreeSet<>();
    measured.values().forEach(shots -> all.addAll(shots.keySet()));
    if (all.isEmpty()) {
      return "";
    }
    List<Lines.Line> lines = new ArrayList<>();
    for (Contender contender : all) {
      List<Double> values = new ArrayList<>();
      for (Map<Contender, List<Shot>> shots : measured.values()) {
        List<Shot> own = shots.getOrDefault(contender, List.of());
        values.add(own.isEmpty() ? Double.NaN : atLeast(own, Shot::cpuMicros));
      }
      lines.add(new Lines.Line(contender.title(), values));
    }
    List<String> settings =
        measured.keySet().stream().map(scene -> Options.value(scene, axis)).toList();
    String title = "CPU for each answer, us, by " + axis;
    return show(axis, Lines.picture(title, axis, settings, lines), title);
  }

  private static double atLeast(List<Shot> all, ToDoubleFunction<Shot> figure) {
    return Math.max(LEAST, LoadReport.median(all, figure));
  }

  private String show(String what, String picture, String text) throws IOException {
    Files.createDirectories(folder);
    String file = name + "-" + what + ".svg";
    Files.writeString(folder.resolve(file), picture);
    return "%n![%s](%s%s)%n".formatted(text, reference, file);
  }
}

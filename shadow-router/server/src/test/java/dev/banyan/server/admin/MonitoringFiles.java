package dev.banyan.server.admin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What the alert rules and the Grafana dashboard of the docs name, held to a scrape. */
final class MonitoringFiles {
  private static final Path FOLDER = Path.of("../../docs/monitoring");
  private static final Pattern SERIES =
      Pattern.compile("(?m)^(banyan_[a-z_]+)(?:\\{(.*)})? [-+\\dNaIinf.e]+$");
  private static final Pattern NAMED = Pattern.compile("\\b(banyan_[a-z_]+)(?:\\{([^}]*)})?");
  private static final Pattern LABEL = Pattern.compile("(\\w+)=~?\\\\?\"");

  private MonitoringFiles() {}

  /** All metrics and labels that the files name and that the scrape doesn't have. */
  static List<String> unknown(String metrics) {
    Map<String, Set<String>> known = new HashMap<>();
    SERIES
        .matcher(metrics)
        .results()
        .forEach(one ->
            known
                .computeIfAbsent(one.group(1), _ -> new HashSet<>())
                .addAll(labels(one.group(2) == null ? "" : one.group(2))));
    natives(known);
    List<String> unknown = new ArrayList<>();
    for (Path file : files()) {
      Matcher named = NAMED.matcher(text(file));
      while (named.find()) {
        Set<String> has = known.get(named.group(1));
        if (has == null) {
          unknown.add(file.getFileName() + ": " + named.group(1));
          continue;
        }
        labels(named.group(2) == null ? "" : named.group(2)).stream()
            .filter(label -> !has.contains(label))
            .forEach(label -> unknown.add(file.getFileName() + ": " + named.group() + " " + label));
      }
    }
    return unknown;
  }

  /** A native histogram is named without the suffix that its classic buckets have in a text. */
  private static void natives(Map<String, Set<String>> known) {
    Map<String, Set<String>> natives = new HashMap<>();
    known.forEach((name, labels) -> {
      if (name.endsWith("_bucket") && labels.contains("le")) {
        Set<String> own = new HashSet<>(labels);
        own.remove("le");
        natives.put(name.substring(0, name.length() - "_bucket".length()), own);
      }
    });
    known.putAll(natives);
  }

  /** How many metrics the files name. */
  static long named() {
    return files().stream().mapToLong(file -> NAMED.matcher(text(file)).results().count()).sum();
  }

  private static List<String> labels(String selector) {
    return LABEL.matcher(selector).results().map(one -> one.group(1)).toList();
  }

  private static List<Path> files() {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

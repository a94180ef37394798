package dev.banyan.server.figures;

import dev.banyan.router.parity.ModuleParity;
import dev.banyan.router.parity.ParitySnapshot;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Whole requests, as the tree that is shown as JSON. */
public final class PathFigures {
  private static final int PERCENT = 100;

  private PathFigures() {}

  /**
   * What is known of the whole path.
   *
   * @param share of the old path's requests that is followed, from 0 to 1
   */
  public static Map<String, @Nullable Object> tree(ModuleParity page, double share) {
    ParitySnapshot now = page.snapshot();
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    tree.put("percent", share * PERCENT);
    tree.put("parity", ParityFigures.parity(now));
    tree.put("notMeasured", ranked(now.skips()));
    tree.put("partlyMeasured", ranked(now.fallbacks()));
    return tree;
  }

  private static List<Map<String, Object>> ranked(Map<String, Long> reasons) {
    return reasons.entrySet().stream()
        .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder()))
        .map(one -> {
          Map<String, Object> row = new LinkedHashMap<>();
          row.put("reason", one.getKey());
          row.put("requests", one.getValue());
          return row;
        })
        .toList();
  }
}

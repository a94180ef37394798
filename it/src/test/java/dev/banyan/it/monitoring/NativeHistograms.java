package dev.banyan.it.monitoring;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Native histograms in a scrape of protobuf, as {@code io.prometheus.client} numbers fields. */
final class NativeHistograms {
  private NativeHistograms() {}

  /** The calls in each bucket of a module's calls on a path. */
  static Map<Integer, Long> of(byte[] scrape, String name, String module, String path) {
    for (Proto family : Proto.delimited(scrape)) {
      if (family.text(1).equals(name)) {
        for (Proto metric : family.messages(4)) {
          if (labels(metric).equals(Map.of("module", module, "path", path))) {
            return buckets(metric.messages(7).getFirst());
          }
        }
      }
    }
    return Map.of();
  }

  private static Map<String, String> labels(Proto metric) {
    Map<String, String> labels = new TreeMap<>();
    metric.messages(1).forEach(label -> labels.put(label.text(1), label.text(2)));
    return labels;
  }

  private static Map<Integer, Long> buckets(Proto histogram) {
    Map<Integer, Long> buckets = new TreeMap<>();
    List<Long> deltas = histogram.signed(13);
    int next = 0;
    int index = 0;
    long calls = 0;
    for (Proto span : histogram.messages(12)) {
      index += (int) span.zigzag(1);
      for (long i = 0; i < span.number(2); i++) {
        calls += deltas.get(next++);
        buckets.put(index++, calls);
      }
    }
    buckets.values().removeIf(count -> count == 0);
    return buckets;
  }
}

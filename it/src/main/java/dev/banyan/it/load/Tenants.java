package dev.banyan.it.load;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Immutable: whose hosts are asked for. Many tenants are copies of those of the legacy that the
 * usual load is about, each with a host of its own.
 *
 * @param count how many there are; 0 for the legacy's own
 */
record Tenants(int count) {
  private static final List<String> USUAL =
      List.of("t002", "t004", "t007", "t008", "t010", "t011", "t014", "t016");

  private static final int MOST_HOSTS = 4_096;

  /** How many have a whole record. */
  private static final int FULL = 1_000;

  /** The hosts that are asked for, spread over all tenants. */
  List<String> hosts() {
    if (count == 0) {
      return USUAL.stream().map(id -> id + ".example.com").toList();
    }
    int asked = Math.min(count, MOST_HOSTS);
    return IntStream.range(0, asked).mapToObj(i -> host((int) ((long) i * count / asked))).toList();
  }

  private static String id(int number) {
    return "x%06d".formatted(number);
  }

  private static String host(int number) {
    return id(number) + ".example.com";
  }

  /** Puts them into the place of those of a copy of the legacy. */
  void addTo(Path file) throws IOException {
    if (count == 0) {
      return;
    }
    List<String> lines = Files.readAllLines(file);
    List<String> models = USUAL.stream().map(id -> model(lines, id)).toList();
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      out.write("{\"tenants\":[\n");
      for (int i = 0; i < count; i++) {
        out.write(i < FULL ? copy(models.get(i % models.size()), i) : plain(i));
        out.write(i + 1 < count ? ",\n" : "\n]}\n");
      }
    }
  }

  private static String model(List<String> lines, String id) {
    return lines.stream()
        .filter(line -> line.startsWith("{\"id\": \"" + id + "\""))
        .findFirst()
        .map(line -> line.strip().replaceFirst(",$", ""))
        .orElseThrow(() -> new IllegalStateException("the legacy has no tenant " + id));
  }

  private static String plain(int number) {
    return "{\"id\": \""
        + id(number)
        + "\", \"tier\": \"pro\", \"hosts\": [\""
        + host(number)
        + "\"]}";
  }

  private static String copy(String model, int number) {
    return model
        .replaceFirst("\"id\": \"t\\d+\"", "\"id\": \"" + id(number) + "\"")
        .replaceFirst("\"hosts\": \\[[^]]*]", "\"hosts\": [\"" + host(number) + "\"]");
  }
}

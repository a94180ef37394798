package dev.banyan.transport;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** A request of {@code requests.txt} and the status with which a real nginx 1.22 answers it. */
record RequestCase(int status, String name, String octets) {
  static List<RequestCase> all() {
    try (InputStream in =
        Objects.requireNonNull(RequestCase.class.getResourceAsStream("requests.txt"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(RequestCase::of)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static RequestCase of(String line) {
    String[] parts = line.split("\t", 3);
    return new RequestCase(Integer.parseInt(parts[0]), parts[1], unescape(parts[2]));
  }

  private static String unescape(String text) {
    StringBuilder out = new StringBuilder();
    int i = 0;
    while (i < text.length()) {
      char c = text.charAt(i++);
      if (c != '\\') {
        out.append(c);
        continue;
      }
      char escape = text.charAt(i++);
      switch (escape) {
        case 'r' -> out.append('\r');
        case 'n' -> out.append('\n');
        case 't' -> out.append('\t');
        case 'x' -> {
          out.append((char) Integer.parseInt(text, i, i + 2, 16));
          i += 2;
        }
        default -> out.append(escape);
      }
    }
    return out.toString();
  }

  @Override
  public String toString() {
    return name;
  }
}

package dev.banyan.it.wire;

import java.util.List;
import java.util.Optional;

/** The start line and the fields of a message, in the order in which they were sent. */
public record Head(String startLine, List<Field> fields) {
  /** Copies the fields. */
  public Head {
    fields = List.copyOf(fields);
  }

  /** The value of the first field of that name. */
  public Optional<String> first(String name) {
    return fields.stream().filter(f -> f.named(name)).map(Field::value).findFirst();
  }

  /** The values of all fields of that name, in order. */
  public List<String> all(String name) {
    return fields.stream().filter(f -> f.named(name)).map(Field::value).toList();
  }

  /** Whether the comma-separated field of that name lists this token. */
  public boolean lists(String name, String token) {
    return all(name).stream()
        .flatMap(v -> List.of(v.split(",")).stream())
        .anyMatch(t -> t.strip().equalsIgnoreCase(token));
  }

  /** The status of a response. */
  public int status() {
    String[] words = startLine.split(" ", 3);
    if (words.length < 2 || !words[1].matches("\\d{3}")) {
      throw new IllegalStateException("\"" + startLine + "\" is no status line");
    }
    return Integer.parseInt(words[1]);
  }
}

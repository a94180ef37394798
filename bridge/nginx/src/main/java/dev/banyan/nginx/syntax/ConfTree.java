package dev.banyan.nginx.syntax;

import java.util.List;

/**
 * A parsed configuration: its main context and every file that was read, in the order of reading.
 */
public record ConfTree(List<Directive> directives, List<SourceFile> files) {
  public ConfTree {
    directives = List.copyOf(directives);
    files = List.copyOf(files);
  }

  /** What {@code nginx -T} prints: each file under a heading, byte for byte. */
  public String dump() {
    StringBuilder out = new StringBuilder();
    for (SourceFile file : files) {
      out.append("# configuration file ").append(file.name()).append(":\n");
      out.append(file.content()).append('\n');
    }
    return out.toString();
  }
}

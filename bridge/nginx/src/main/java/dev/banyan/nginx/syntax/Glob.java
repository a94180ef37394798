package dev.banyan.nginx.syntax;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** File name patterns of {@code include}, as glob(3) expands them: sorted, dot files left out. */
final class Glob {
  private Glob() {}

  static boolean isPattern(String text) {
    return text.indexOf('*') >= 0 || text.indexOf('?') >= 0 || text.indexOf('[') >= 0;
  }

  /** Every existing path that a pattern names; none is no error. */
  static List<Path> expand(Path folder, String pattern) {
    Path full = folder.resolve(pattern);
    Path root = full.getRoot();
    List<Path> paths = List.of(root == null ? folder : root);
    for (Path part : full) {
      List<Path> next = new ArrayList<>();
      for (Path path : paths) {
        next.addAll(step(path, part.toString()));
      }
      paths = next;
    }
    return paths;
  }

  private static List<Path> step(Path folder, String part) {
    if (!isPattern(part)) {
      Path path = folder.resolve(part);
      return Files.exists(path) ? List.of(path) : List.of();
    }
    Pattern regex = Pattern.compile(regex(part), Pattern.DOTALL);
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .filter(p -> matches(regex, part, String.valueOf(p.getFileName())))
          .sorted()
          .toList();
    } catch (IOException e) {
      return List.of(); // As glob(3): a folder that can't be listed matches nothing.
    }
  }

  private static boolean matches(Pattern regex, String part, String name) {
    return (part.startsWith(".") || !name.startsWith(".")) && regex.matcher(name).matches();
  }

  private static String regex(String part) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < part.length(); i++) {
      char c = part.charAt(i);
      int close = c == '[' ? part.indexOf(']', i + 2) : -1;
      if (c == '*') {
        out.append(".*");
      } else if (c == '?') {
        out.append('.');
      } else if (close > 0) {
        String set = part.substring(i + 1, close).replace("\\", "\\\\").replace("[", "\\[");
        out.append('[').append(set.startsWith("!") ? "^" + set.substring(1) : set).append(']');
        i = close;
      } else {
        out.append(Pattern.quote(String.valueOf(c)));
      }
    }
    return out.toString();
  }
}

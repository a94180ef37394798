package dev.banyan.it.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Immutable: a part of {@code docs/performance.md}, between two comments, that a run's figures
 * replace. Its pictures stand in {@code docs/performance}.
 *
 * @param page the page's file
 * @param name the part's name
 */
record DocPart(Path page, String name) {
  private static final String PAGE = "docs/performance.md";
  private static final Pattern BEGIN = Pattern.compile("<!-- figures of ([a-z0-9-]+) -->\n");
  private static final String END = "<!-- end of figures -->\n";

  /**
   * The part of a name.
   *
   * @throws IllegalArgumentException when the page has none, naming those that it has
   */
  static DocPart find(Path root, String name) throws IOException {
    Path page = root.resolve(PAGE);
    Matcher parts = BEGIN.matcher(Files.readString(page));
    StringBuilder known = new StringBuilder();
    while (parts.find()) {
      if (parts.group(1).equals(name)) {
        return new DocPart(page, name);
      }
      known.append(known.isEmpty() ? "" : ", ").append(parts.group(1));
    }
    throw new IllegalArgumentException(
        "--publish \"" + name + "\" is no part of " + PAGE + ": expected one of " + known);
  }

  /** Pictures as this part shows them. */
  Pictures pictures() {
    return new Pictures(page.resolveSibling("performance"), "performance/", name);
  }

  /** Puts these figures in the place of those before. */
  void replace(String figures) throws IOException {
    String text = Files.readString(page);
    String begin = "<!-- figures of " + name + " -->\n";
    int from = text.indexOf(begin) + begin.length();
    int to = text.indexOf(END, from);
    if (to < 0) {
      throw new IOException(page + ": \"" + END.strip() + "\" is missing after " + begin.strip());
    }
    Files.writeString(page, text.substring(0, from) + "\n" + figures + "\n" + text.substring(to));
  }
}

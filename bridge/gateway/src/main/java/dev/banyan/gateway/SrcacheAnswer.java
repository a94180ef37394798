package dev.banyan.gateway;

import java.util.ArrayList;
import java.util.List;

/**
 * An answer as the srcache module keeps it.
 *
 * @param fields name and value of each, in their order
 */
record SrcacheAnswer(int status, List<String[]> fields, String body) {
  private static final String VERSION = "HTTP/";

  /** What was kept is none. */
  static final class Malformed extends Exception {
    private static final long serialVersionUID = 1L;

    Malformed(String message) {
      super("srcache_fetch: " + message);
    }
  }

  /** Reads one whose lines have at most so many octets. */
  static SrcacheAnswer parse(String text, long longest) throws Malformed {
    int at = end(text, 0);
    int status = status(text.substring(0, at));
    List<String[]> fields = new ArrayList<>();
    while (true) {
      int end = end(text, at);
      String line = text.substring(at, end);
      at = end;
      if (line.length() > longest) {
        throw new Malformed(
            "header buffer overflown (maybe you should consider increasing"
                + " srcache_header_buffer_size?)");
      }
      String field = line.stripTrailing();
      if (field.isEmpty()) {
        return new SrcacheAnswer(status, fields, text.substring(at));
      }
      if (line.charAt(0) <= ' ' || line.indexOf(0) >= 0) {
        throw new Malformed("cache sent invalid header");
      }
      int colon = field.indexOf(':');
      fields.add(
          colon < 0
              ? new String[] {field, ""}
              : new String[] {field.substring(0, colon), field.substring(colon + 1).strip()});
    }
  }

  /** Behind the line that begins here. */
  private static int end(String text, int from) throws Malformed {
    int end = text.indexOf('\n', from);
    if (end < 0) {
      throw new Malformed("cache sent truncated status line or headers");
    }
    return end + 1;
  }

  private static int status(String line) throws Malformed {
    int space = line.indexOf(' ');
    boolean version =
        line.startsWith(VERSION)
            && space > VERSION.length()
            && line.substring(VERSION.length(), space).matches("\\d{1,3}\\.\\d{1,3}");
    int from = space;
    while (version && from < line.length() && line.charAt(from) == ' ') {
      from++;
    }
    int to = Math.min(line.length(), Math.max(0, from) + 3);
    long status = version ? Octets.decimal(line.substring(from, to)) : -1;
    boolean ended = to < line.length() && " \r\n.".indexOf(line.charAt(to)) >= 0;
    if (status < 0 || to - from != 3 || !ended) {
      throw new Malformed("cache sent invalid status line");
    }
    return (int) status;
  }
}

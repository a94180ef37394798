package dev.banyan.gateway;

import dev.banyan.api.Headers;
import dev.banyan.nginx.BodyFilterSettings;
import dev.banyan.transport.Chunk;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Owned by its request's loop: {@code sub_filter}, which finds its texts whatever their case. */
final class SubFilter implements BodyFilter {
  private record Pair(String search, String replacement) {}

  private final List<Pair> pairs;
  private final boolean once;
  private final boolean[] used;
  private final int longest;
  private final BodyFilter next;
  private String held = "";

  private SubFilter(List<Pair> pairs, boolean once, BodyFilter next) {
    this.pairs = pairs;
    this.once = once;
    this.used = new boolean[pairs.size()];
    this.longest = pairs.stream().mapToInt(p -> p.search().length()).max().orElse(0);
    this.next = next;
  }

  static boolean wanted(Request r, BodyFilterSettings settings) {
    Headers fields = r.response().headers();
    return settings.substitutions().stream().anyMatch(one -> !one.search().evaluate(r).isEmpty())
        && !r.response().sink().pageless() // a program takes an answer before this filter's turn
        && !"0".equals(fields.first("Content-Length"))
        && Charset.listed(fields.first("Content-Type"), settings.substituteTypes());
  }

  static void prepare(Request r, BodyFilterSettings settings) {
    Response response = r.response();
    response.headers().remove("Content-Length");
    if (!settings.substituteLastModified()) {
      response.headers().remove("Last-Modified");
      response.headers().remove("ETag");
    } else {
      GzipFilter.weaken(response.headers());
    }
    response.allowRanges(false);
  }

  static SubFilter of(Request r, BodyFilterSettings settings, BodyFilter next) {
    List<Pair> pairs = new ArrayList<>();
    for (BodyFilterSettings.Substitution one : settings.substitutions()) {
      String search = one.search().evaluate(r).toLowerCase(Locale.ROOT);
      if (!search.isEmpty()) {
        pairs.add(new Pair(search, one.replacement().evaluate(r)));
      }
    }
    return new SubFilter(pairs, settings.substituteOnce(), next);
  }

  @Override
  public void write(Chunk piece, boolean last) {
    String text = held + Octets.string(piece.bytes());
    String lower = text.toLowerCase(Locale.ROOT);
    int safe = last ? text.length() : Math.max(0, text.length() - longest + 1);
    StringBuilder out = new StringBuilder(text.length() + 64);
    int at = 0;
    while (at < safe && !done()) {
      int found = matchAt(lower, at);
      if (found < 0) {
        out.append(text.charAt(at++));
      } else {
        out.append(pairs.get(found).replacement());
        at += pairs.get(found).search().length();
        used[found] = true;
      }
    }
    if (done()) {
      out.append(text, at, text.length());
      at = text.length();
    }
    held = text.substring(at);
    if (!out.isEmpty() || last) {
      next.write(Chunk.of(Octets.bytes(out.toString())), last);
    }
  }

  /** Whether every text was found that is looked for once. */
  private boolean done() {
    for (boolean found : used) {
      if (!found) {
        return false;
      }
    }
    return once;
  }

  private int matchAt(String lower, int at) {
    for (int i = 0; i < pairs.size(); i++) {
      if (!(once && used[i]) && lower.startsWith(pairs.get(i).search(), at)) {
        return i;
      }
    }
    return -1;
  }

  @Override
  public void flush() {
    next.flush();
  }
}

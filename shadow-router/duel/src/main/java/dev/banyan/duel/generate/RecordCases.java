package dev.banyan.duel.generate;

import dev.banyan.duel.suite.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Owned by one generation: each host of the data files, and what its record says: paths, patterns,
 * networks, and texts that may be keys.
 */
final class RecordCases {
  private static final Pattern NETWORK =
      Pattern.compile("(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})(?:/(\\d{1,2}))?");
  private static final int KEYS = 4;

  private final Draft draft;
  private final Random random;
  private final List<String> headers;

  RecordCases(Draft draft, Random random, Survey survey) {
    this.draft = draft;
    this.random = random;
    this.headers = survey.headers().stream().sorted().toList();
  }

  void of(List<DataRecord> records) {
    for (DataRecord one : records) {
      String source = "data of " + one.hosts().getFirst();
      one.hosts().forEach(host -> host(host, source));
      String host = DataRecord.concrete(one.hosts().getFirst());
      for (String text : one.texts()) {
        text(text, host, source);
      }
      for (int i = 0; i < KEYS && !headers.isEmpty() && !one.texts().isEmpty(); i++) {
        key(List.copyOf(one.texts()), host, source);
      }
    }
  }

  private void host(String host, String source) {
    String name = DataRecord.concrete(host);
    List<String> names =
        new ArrayList<>(List.of(name, name.toUpperCase(Locale.ROOT), name + ":80"));
    names.add("x" + name);
    names.add(name + ".");
    names.add(name.substring(name.indexOf('.') + 1));
    if (host.startsWith("*.")) {
      names.add("a.b" + host.substring(1));
    }
    for (String asked : names) {
      draft.add("host", "host " + asked, source, draft.browser("GET", "/duel/page?a=1", asked));
    }
    for (String path : List.of("/html", "/html?b=2&a=1")) {
      Request request = draft.browser("GET", path, name);
      draft.add(
          "host", "host " + name + " " + path, source, request.with("Accept-Encoding", "gzip, br"));
      draft.add(
          "host",
          "host " + name + " over http",
          source,
          draft.browser("GET", path, name).with("X-Forwarded-Proto", "http"));
      draft.add(
          "host", "host " + name + " twice //", source, draft.browser("GET", "/" + path, name));
    }
  }

  private void text(String text, String host, String source) {
    Matcher network = NETWORK.matcher(text);
    if (network.matches()) {
      network(network, host, source);
    } else if (text.startsWith("/")) {
      for (String path : LocationCases.around(text)) {
        draft.add("path", "path " + path, source, draft.browser("GET", Octets.path(path), host));
        draft.add(
            "path",
            "path " + path + "?",
            source,
            draft.browser("GET", Octets.path(path) + "?q=1", host));
      }
    } else if (text.startsWith("^")) {
      Samples samples = Samples.of(text, random);
      samples.hits().forEach(hit -> path("pattern hit", hit, host, source));
      samples.misses().forEach(miss -> path("pattern missed", miss, host, source));
    }
  }

  private void path(String what, String path, String host, String source) {
    draft.add("path", what + " " + path, source, draft.browser("GET", Octets.path(path), host));
  }

  private void network(Matcher network, String host, String source) {
    long address = 0;
    for (int i = 1; i <= 4; i++) {
      address = address * 256 + Integer.parseInt(network.group(i));
    }
    int bits = network.group(5) == null ? 32 : Math.min(32, Integer.parseInt(network.group(5)));
    long size = 1L << (32 - bits);
    long first = address / size * size;
    for (long client : new long[] {first - 1, first, first + size - 1, first + size}) {
      String text = dotted(client);
      Request request = draft.browser("GET", "/duel/from", host);
      draft.add("client", "client " + text, source, draft.from(text, request));
    }
  }

  static String dotted(long address) {
    long a = address & 0xffffffffL;
    return (a >> 24) + "." + ((a >> 16) & 255) + "." + ((a >> 8) & 255) + "." + (a & 255);
  }

  /** A text of the record in a field that the Lua reads: it may be a key. */
  private void key(List<String> texts, String host, String source) {
    String text = Octets.field(texts.get(random.nextInt(texts.size())));
    String name = headers.get(random.nextInt(headers.size()));
    Request request = draft.browser(random.nextBoolean() ? "GET" : "POST", "/duel/key", host);
    draft.add("field", name + " from the record", source, Draft.replaced(request, name, text));
  }
}

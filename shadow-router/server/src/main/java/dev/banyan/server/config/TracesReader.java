package dev.banyan.server.config;

import dev.banyan.server.traces.TraceRules;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Owned by the thread that reads: the section {@code traces}. */
final class TracesReader {
  private static final int PERCENT = 100;
  private static final String PERCENTAGE = "a number from 0 to 100";
  private static final int MOST_SPANS = 1_000_000;

  /** Keys that mean nothing without an endpoint. */
  private static final List<String> MORE =
      List.of("sample-percent", "propagate", "queue", "service-name");

  private static final String EXPECTED =
      "a whole http or https URL, such as http://127.0.0.1:4318/v1/traces";

  private final YamlSection section;

  TracesReader(YamlSection section) {
    this.section = section;
  }

  /** The rules; null when nothing is traced. */
  @Nullable TraceRules read() {
    String endpoint = section.text("endpoint");
    double share =
        section.share("sample-percent", TraceRules.DEFAULT_SHARE, PERCENT, PERCENTAGE, PERCENTAGE);
    boolean propagate = section.truth("propagate", false);
    int queue = section.integer("queue", TraceRules.DEFAULT_QUEUE, 1, MOST_SPANS);
    String service = section.text("service-name", TraceRules.DEFAULT_SERVICE);
    boolean asked = MORE.stream().anyMatch(key -> !section.isMissing(key));
    section.finish();
    if (endpoint == null) {
      if (asked) {
        section.problem(
            section.line(),
            "\"traces\" has no \"endpoint\": name a collector, such as"
                + " http://127.0.0.1:4318/v1/traces, or remove the section");
      }
      return null;
    }
    URI uri = uri(endpoint);
    return uri == null ? null : new TraceRules(uri, share, propagate, queue, service);
  }

  private @Nullable URI uri(String text) {
    try {
      URI uri = new URI(text);
      boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      if (http && uri.getHost() != null && uri.getPath().length() > 1) {
        return uri;
      }
    } catch (URISyntaxException e) {
      section.expected("endpoint", text, EXPECTED);
      return null;
    }
    section.expected("endpoint", text, EXPECTED);
    return null;
  }
}

package dev.banyan.duel.generate;

import dev.banyan.duel.suite.Case;
import dev.banyan.duel.suite.Field;
import dev.banyan.duel.suite.OriginAnswer;
import dev.banyan.duel.suite.Request;
import dev.banyan.duel.suite.Step;
import java.util.ArrayList;
import java.util.List;

/**
 * Owned by one generation: the cases so far. Each comes from a client address of its own, so that
 * limits and bans for one don't reach another.
 */
final class Draft {
  private static final String AGENT =
      "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0";
  private static final int CLIENTS = 1 << 22;

  private final List<Case> cases = new ArrayList<>();
  private final Palette palette;
  private final String clientHeader;

  Draft(Palette palette, String clientHeader) {
    this.palette = palette;
    this.clientHeader = clientHeader;
  }

  /** A request as browsers make them, from a client that nothing came from before. */
  Request browser(String method, String target, String host) {
    int n = cases.size() % CLIENTS;
    String client = "100." + (64 + ((n >> 16) & 63)) + "." + ((n >> 8) & 255) + "." + (n & 255);
    return Request.of(method, target, host)
        .with("User-Agent", AGENT)
        .with("Accept", "text/html,*/*;q=0.8")
        .with(clientHeader, client);
  }

  /** The same from another client. */
  Request from(String client, Request request) {
    return replaced(request, clientHeader, client);
  }

  /** The request with one field that has another value, or is new. */
  static Request replaced(Request request, String name, String value) {
    List<Field> fields = new ArrayList<>(request.fields());
    fields.removeIf(field -> field.named(name));
    fields.add(new Field(name, value));
    return request.withFields(fields);
  }

  void add(String group, String title, String source, Request request) {
    add(group, title, source, request, palette.next());
  }

  void add(String group, String title, String source, Request request, OriginAnswer answer) {
    cases.add(Case.of(group, title, new Step(request, answer), source));
  }

  List<Case> cases() {
    return cases;
  }
}

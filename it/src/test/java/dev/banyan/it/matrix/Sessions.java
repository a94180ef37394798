package dev.banyan.it.matrix;

import dev.banyan.it.edge.LegacyCopy;
import dev.banyan.it.traffic.Exchange;
import dev.banyan.it.traffic.Kind;
import dev.banyan.it.traffic.Session;
import dev.banyan.it.traffic.Tenants;
import dev.banyan.it.traffic.TrafficPlan;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Confined to one thread: sessions without end, one of each kind in turn. What two runs of one
 * server may frame otherwise towards the origin, because of the socket's timing, is left out, and
 * so is what would only take time.
 */
final class Sessions {
  private static final long SEED = 4_711;
  private static final int PLANNED = 2_000;
  private static final int LARGEST = 70_000;
  private static final int LONGEST = 12;

  private final List<List<Session>> kinds;
  private int next;

  Sessions() throws IOException {
    Map<Kind, List<Session>> byKind = new EnumMap<>(Kind.class);
    for (Session session :
        TrafficPlan.mixed(Tenants.read(LegacyCopy.source()), SEED, PLANNED).sessions()) {
      if (session.exchanges().size() <= LONGEST
          && session.exchanges().stream().allMatch(Sessions::fits)) {
        byKind
            .computeIfAbsent(session.exchanges().getFirst().kind(), _ -> new ArrayList<>())
            .add(session);
      }
    }
    kinds = List.copyOf(byKind.values());
  }

  private static boolean fits(Exchange exchange) {
    String text = new String(exchange.bytes(), StandardCharsets.ISO_8859_1);
    return text.length() <= LARGEST
        && !text.contains("Transfer-Encoding: chunked")
        && !text.contains(" /slow/");
  }

  /** So many in a row are of all kinds. */
  int kinds() {
    return kinds.size();
  }

  Session next() {
    List<Session> kind = kinds.get(next % kinds.size());
    return kind.get(next++ / kinds.size() % kind.size());
  }
}

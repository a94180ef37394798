package dev.banyan.server.routing;

import dev.banyan.lua.seam.Observed;
import dev.banyan.router.parity.Observation;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a side did, in the terms in which parity is told. */
public final class Observations {
  private Observations() {}

  /** The observation of what was observed at the seam. */
  public static Observation of(Observed observed) {
    Map<String, @Nullable Object> effects = new TreeMap<>(observed.state());
    if (observed.body() != null) {
      effects.put("body", observed.body());
    }
    return new Observation(decision(observed), observed.results(), effects, observed.error());
  }

  /** How the request goes on: {@code next} when nothing ended its handler. */
  static String decision(Observed observed) {
    String ending = observed.ending();
    return ending == null ? "next" : ending;
  }
}

package dev.banyan.it.traffic;

import java.util.ArrayList;
import java.util.List;

/** Sessions to play in order, made from a seed: the same seed and tenants make the same bytes. */
public record TrafficPlan(List<Session> sessions) {
  private static final List<Scene> SCENES =
      List.of(
          Visitors::anonymous,
          Visitors::known,
          Visitors::html,
          Freight::bodies,
          Strangers::badTokens,
          Strangers::doubleAttack,
          Strangers::bots,
          Strangers::addresses,
          Visitors::redirects,
          Visitors::transforms,
          Visitors::hosts,
          Freight::originTrouble,
          Freight::endpoints);
  private static final int EACH_RARE_SCENE = 6;
  private static final List<Scene> RARE =
      List.of(Strangers::overLimit, Freight::largeBodies, Freight::tooLarge);

  /** Copies the sessions. */
  public TrafficPlan {
    sessions = List.copyOf(sessions);
  }

  /** At least {@code exchanges} of all kinds; each rule of the WAF is hit and nearly hit. */
  public static TrafficPlan mixed(Tenants tenants, long seed, int exchanges) {
    Cast cast = new Cast(tenants, seed);
    List<Session> sessions = new ArrayList<>(Strangers.attacks(cast, "block"));
    sessions.addAll(Strangers.attacks(cast, "monitor"));
    for (int i = 0; i < EACH_RARE_SCENE; i++) {
      RARE.forEach(scene -> sessions.add(new Session(scene.play(cast))));
    }
    for (int i = 0; size(sessions) < exchanges; i++) {
      sessions.add(new Session(SCENES.get(i % SCENES.size()).play(cast)));
    }
    return new TrafficPlan(sessions);
  }

  /** The attacks and near misses alone, at tenants whose WAF only scores. */
  public static TrafficPlan wafOnly(Tenants tenants, long seed) {
    return new TrafficPlan(Strangers.attacks(new Cast(tenants, seed), "monitor"));
  }

  /** How many requests there are. */
  public int exchanges() {
    return size(sessions);
  }

  private static int size(List<Session> sessions) {
    return sessions.stream().mapToInt(s -> s.exchanges().size()).sum();
  }
}

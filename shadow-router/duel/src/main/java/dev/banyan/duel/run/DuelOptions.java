package dev.banyan.duel.run;

import dev.banyan.duel.compare.Rules;
import dev.banyan.duel.wire.ClientOptions;

/**
 * How a duel is run. Immutable.
 *
 * @param inFlight cases that are asked at the same time at most
 * @param seed what marks are made from: two runs with one seed send the same octets
 * @param markName the field by which the duel's own origin knows requests again
 * @param repeats differing cases that are asked again alone at most
 * @param shrinks differing cases that are shrunk at most
 */
public record DuelOptions(
    int inFlight,
    long seed,
    Rules rules,
    ClientOptions client,
    String markName,
    int repeats,
    int shrinks) {
  /** The field by which the duel's own origin knows requests again, if nothing else is said. */
  public static final String MARK = "X-Duel-Id";
}

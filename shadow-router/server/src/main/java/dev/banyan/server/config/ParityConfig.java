package dev.banyan.server.config;

import dev.banyan.router.parity.ParityRule;
import dev.banyan.router.parity.ParitySettings;
import dev.banyan.router.parity.Redactor.Bodies;
import dev.banyan.server.samples.StoreRules;
import java.util.List;
import java.util.Set;

/**
 * Immutable: how parity is measured.
 *
 * @param classKeys variables, without {@code $}, that tell classes of traffic apart beside route,
 *     method and decision
 * @param target the parity that every class has to have at least, above 0 and below 1
 * @param secretNames parts of names that are secrets here, beside those that are everywhere
 * @param bodies what becomes of recorded bodies
 * @param store how many mismatches are kept on disk
 * @param reproducers whether a whole call of each cluster is kept
 * @param lines whether it is noted which lines of Lua shadowed calls reach
 * @param noise which share of the shadowed calls Lua answers a second time; 0 for none
 * @param path which share of the old path's requests is run through the new one afterwards; 0 for
 *     none
 * @param pathRules the known differences of the whole path
 */
public record ParityConfig(
    List<String> classKeys,
    double target,
    Set<String> secretNames,
    Bodies bodies,
    StoreRules store,
    boolean reproducers,
    boolean lines,
    double noise,
    double path,
    List<ParityRule> pathRules) {
  /** What is used unless configured. */
  public static final ParityConfig DEFAULT =
      new ParityConfig(
          List.of(),
          ParitySettings.DEFAULT_TARGET,
          Set.of(),
          Bodies.HIDDEN,
          StoreRules.DEFAULT,
          true,
          true,
          0,
          0,
          List.of());

  /** Copies the collections. */
  public ParityConfig {
    classKeys = List.copyOf(classKeys);
    secretNames = Set.copyOf(secretNames);
    pathRules = List.copyOf(pathRules);
  }
}

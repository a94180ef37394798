package dev.banyan.duel.run;

/** Told how far a duel is, from its event loop and often: implementations must be quick. */
@FunctionalInterface
public interface Progress {
  /** Tells nobody. */
  Progress NONE = (_, _, _, _, _) -> {};

  /**
   * How far it is.
   *
   * @param what what is being done
   * @param done cases that have ended
   * @param all cases that there are
   * @param inFlight cases that are being asked
   * @param differing cases so far that aren't equal
   */
  void at(String what, int done, int all, int inFlight, int differing);
}

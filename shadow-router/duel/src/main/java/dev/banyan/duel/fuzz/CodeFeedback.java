package dev.banyan.duel.fuzz;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** Tells which requests reach which code of a server for the first time. */
@FunctionalInterface
public interface CodeFeedback {
  /** What was reached since it was asked last. May wait; not for event loops. */
  Reached take();

  /**
   * What was reached.
   *
   * @param places each place, whatever the server calls it, with the marks of requests that came
   *     there
   * @param words texts in the code where not all ways on were taken yet, in its order
   */
  record Reached(Map<String, Set<String>> places, List<String> words) {
    /** Nothing. */
    public static final Reached NOTHING = new Reached(Map.of(), List.of());
  }
}

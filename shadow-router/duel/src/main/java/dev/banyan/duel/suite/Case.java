package dev.banyan.duel.suite;

import java.util.ArrayList;
import java.util.List;

/**
 * What is asked of each target: steps, one after the other over one connection. Cases don't know of
 * each other: they run at the same time, in any order. Immutable.
 *
 * @param title what reports call it
 * @param group the class that the summary counts it under
 * @param steps at least one
 * @param source where it comes from: {@code FILE:LINE}, or a generator's words
 */
public record Case(String title, String group, List<Step> steps, String source) {
  /** The group of a case that names none. */
  public static final String NO_GROUP = "by hand";

  /** Copies the steps. */
  public Case {
    steps = List.copyOf(steps);
    if (steps.isEmpty()) {
      throw new IllegalArgumentException("a case without a request: " + title);
    }
  }

  /** One of a single request. */
  public static Case of(String group, String title, Step step, String source) {
    return new Case(title, group, List.of(step), source);
  }

  /** The same with other steps. */
  public Case withSteps(List<Step> others) {
    return new Case(title, group, others, source);
  }

  /** The same with another request at one of its steps. */
  public Case withRequest(int index, Request request) {
    List<Step> changed = new ArrayList<>(steps);
    changed.set(index, steps.get(index).with(request));
    return withSteps(changed);
  }
}

package dev.banyan.server.check;

import dev.banyan.server.config.ConfigProblem;
import java.util.List;

/**
 * Immutable: what a check found.
 *
 * @param problems what must be corrected first
 * @param warnings what works, but maybe not as meant
 */
public record Findings(List<ConfigProblem> problems, List<ConfigProblem> warnings) {
  /** Copies the lists. */
  public Findings {
    problems = List.copyOf(problems);
    warnings = List.copyOf(warnings);
  }
}

package dev.banyan.server.config;

import java.util.List;
import java.util.stream.Collectors;

/** A configuration that can't be used: all of its problems, in the order of the file. */
public final class ConfigException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<ConfigProblem> problems;

  /** Creates it with at least one problem. */
  public ConfigException(List<ConfigProblem> problems) {
    super(problems.stream().map(ConfigProblem::toString).collect(Collectors.joining("\n")));
    this.problems = List.copyOf(problems);
  }

  /** What is wrong. */
  public List<ConfigProblem> problems() {
    return problems;
  }
}

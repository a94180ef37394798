package dev.banyan.nginx.syntax;

import java.util.List;

/**
 * A configuration that can't be used: what is wrong, in nginx's own words where it has them, and
 * where. The message always ends in {@code in FILE:LINE}.
 */
public final class ConfException extends RuntimeException {
  private final String problem;
  private final String file;
  private final int line;
  private final transient List<Directive> read;

  public ConfException(String problem, String file, int line) {
    this(problem, file, line, List.of());
  }

  private ConfException(String problem, String file, int line, List<Directive> read) {
    super(problem + " in " + file + ":" + line);
    this.read = read;
    this.problem = problem;
    this.file = file;
    this.line = line;
  }

  /** An error of one directive, at the line nginx would name. */
  public static ConfException at(Directive directive, String problem) {
    return new ConfException(problem, directive.file(), directive.line());
  }

  /** This one, with what was read before it. */
  ConfException behind(List<Directive> directives) {
    return new ConfException(problem, file, line, List.copyOf(directives));
  }

  /** The directives that were read before it, where they can't be parsed to their end. */
  public List<Directive> read() {
    return read;
  }

  /** What is wrong, without the position. */
  public String problem() {
    return problem;
  }

  /** The file, as it was named on the command line or by the include. */
  public String file() {
    return file;
  }

  /** The line, from 1. */
  public int line() {
    return line;
  }
}

package dev.banyan.nginx.syntax;

import java.util.Set;

/**
 * What is known of a directive.
 *
 * @param module the part of nginx it belongs to
 * @param values what its arguments must be
 * @param form what follows its arguments
 * @param flag whether the argument is {@code on} or {@code off}
 * @param repeatable whether it may stand twice in one block
 * @param note what differs from nginx, or what to do instead; empty when nothing does
 */
public record DirectiveSpec(
    String name,
    String module,
    int minArgs,
    int maxArgs,
    boolean flag,
    Values values,
    Form form,
    Set<Context> contexts,
    boolean repeatable,
    Status status,
    String note) {
  public DirectiveSpec {
    contexts = Set.copyOf(contexts);
  }

  /** What follows a directive's arguments. */
  public enum Form {
    SIMPLE,
    BLOCK,
    LUA_BLOCK
  }

  /** What becomes of a directive. */
  public enum Status {
    /** It works. */
    SUPPORTED,
    /** It is accepted and listed, but has no effect. */
    NOTICE,
    /** It is an error. */
    UNSUPPORTED
  }
}

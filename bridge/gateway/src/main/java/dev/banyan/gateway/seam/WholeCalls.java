package dev.banyan.gateway.seam;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Thread-safe: which calls are taken whole, so that they can be given to both sides again. */
@FunctionalInterface
public interface WholeCalls {
  /** No call is. */
  WholeCalls NONE = _ -> () -> null;

  /** Who is asked about calls of this module; asked for once, and kept by who calls. */
  Asked of(String module);

  /**
   * Asked on the workers' threads at each shadowed call of one module: must not block and must not
   * throw.
   */
  @FunctionalInterface
  interface Asked {
    /** What is read of this call; null when it isn't wanted. */
    @Nullable Reading wanted();
  }

  /**
   * Immutable: what of a call is read.
   *
   * @param variables the nginx variables
   * @param members the fields of computed tables
   * @param maxBody the longest body, answer or piece, in octets
   * @param purpose what for
   */
  record Reading(Set<String> variables, Set<String> members, int maxBody, Purpose purpose) {
    /** Copies the names. */
    public Reading {
      variables = Set.copyOf(variables);
      members = Set.copyOf(members);
    }

    /** The same for another purpose. */
    public Reading to(Purpose other) {
      return new Reading(variables, members, maxBody, other);
    }
  }

  /** What a whole call is for. */
  enum Purpose {
    /** To show a difference again. */
    REPRODUCE,
    /** To see whether Lua answers it a second time as it did. */
    NOISE
  }
}

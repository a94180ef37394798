package dev.banyan.duel.wire;

import dev.banyan.duel.suite.Field;

/** Gives each sending of a step the field by which the duel's own origin knows it again. */
@FunctionalInterface
public interface Marks {
  /** A mark that nothing had before. */
  Field next(int step);
}

package dev.banyan.lua.replay;

import dev.banyan.api.Journal;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import java.util.function.DoubleSupplier;

/**
 * Owned by its lane's thread: the draws that the recorded call was given; after those, others that
 * are the same for the same call.
 */
final class ReplayChance implements DoubleSupplier {
  private final Deque<Double> draws = new ArrayDeque<>();
  private Random further = new Random(0);

  /** A call begins. */
  void begin(Journal journal) {
    draws.clear();
    further = new Random(journal.millis());
    for (Journal.Entry entry : journal.entries()) {
      if (entry instanceof Journal.Entry.Draw draw) {
        draws.add(draw.value());
      }
    }
  }

  @Override
  public double getAsDouble() {
    Double next = draws.poll();
    return next == null ? further.nextDouble() : next;
  }
}

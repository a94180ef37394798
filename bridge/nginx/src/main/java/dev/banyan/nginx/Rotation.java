package dev.banyan.nginx;

import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;

/** What {@code set_rotate} has counted to in one block; for any thread. */
public final class Rotation {
  private final AtomicReference<OptionalLong> current = new AtomicReference<>(OptionalLong.empty());

  /**
   * Counts on.
   *
   * @param from what follows on {@code to} and on what is not between them
   * @param own what to count on from; empty for what was counted to here
   */
  public long next(long from, long to, OptionalLong own) {
    OptionalLong next =
        current.updateAndGet(last -> {
          long before = own.orElse(last.orElse(from - 1));
          return OptionalLong.of(before < from - 1 || before >= to ? from : before + 1);
        });
    return next.orElse(from);
  }
}

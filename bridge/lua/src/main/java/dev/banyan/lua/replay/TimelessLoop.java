package dev.banyan.lua.replay;

import dev.banyan.fiber.Loop;
import dev.banyan.fiber.ThreadLoop;
import java.time.Duration;

/** A loop on one thread on which no time passes: who waits for it goes on at once. */
final class TimelessLoop implements Loop, AutoCloseable {
  private final ThreadLoop loop;

  TimelessLoop(String name) {
    loop = new ThreadLoop(name);
  }

  @Override
  public boolean inLoop() {
    return loop.inLoop();
  }

  @Override
  public void execute(Runnable task) {
    loop.execute(task);
  }

  @Override
  public Timer schedule(Runnable task, Duration delay) {
    return loop.schedule(task, Duration.ZERO);
  }

  @Override
  public void close() {
    loop.close();
  }
}

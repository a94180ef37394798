package dev.banyan.gateway;

import java.time.Duration;

/** Owned by its request's loop: takes a subrequest's answer into memory, which takes it at once. */
abstract class MemorySink implements Sink {
  @Override
  public void flush() {
    // nothing waits
  }

  @Override
  public void awaitSent() {
    // memory has it
  }

  @Override
  public void awaitWritable(Duration timeout, boolean drained) {
    // there is always room
  }
}

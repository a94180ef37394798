package dev.banyan.testkit;

import dev.banyan.api.FailMode;
import dev.banyan.gateway.seam.SeamEvents;
import dev.banyan.gateway.seam.ShadowSample;
import org.jspecify.annotations.Nullable;

/** Thread-safe: remembers the first call that a port left to Lua. */
final class Fallbacks implements SeamEvents {
  private volatile @Nullable AssertionError first;

  void clear() {
    first = null;
  }

  void check() {
    AssertionError error = first;
    if (error != null) {
      throw error;
    }
  }

  @Override
  public Answers answers(String module) {
    return Answers.NONE; // only what Java did not answer matters
  }

  @Override
  public void fellBack(String module, String function, String reason, @Nullable Throwable cause) {
    if (first == null) {
      first = new AssertionError(module + "." + function + " fell back: " + reason, cause);
    }
  }

  @Override
  public void failed(
      String module, String function, FailMode mode, String reason, @Nullable Throwable cause) {
    if (first == null) {
      first =
          new AssertionError(module + "." + function + " failed " + mode + ": " + reason, cause);
    }
  }

  @Override
  public void timerFailed(String module, String timer, String reason, @Nullable Throwable cause) {
    if (first == null) {
      first = new AssertionError(module + ", timer " + timer + ": " + reason, cause);
    }
  }

  @Override
  public void missing(String module, String function) {
    first = new AssertionError(module + " has no function " + function);
  }

  @Override
  public void differs(String module, String constant) {
    first = new AssertionError(module + " has another constant " + constant);
  }

  @Override
  public void mirrorFailed(String module, String function, String reason) {
    first = new AssertionError(module + "." + function + " was not followed: " + reason);
  }

  @Override
  public void counted(String module, String counter, long by) {
    // a port's own figures are not compared
  }

  @Override
  public void shadowed(ShadowSample sample) {
    // nothing is shadowed here
  }

  @Override
  public void skipped(String module, String function, String reason) {
    // nothing is shadowed here
  }
}

package dev.banyan.host;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Thread-safe: leaves a module to Lua while its port fails too often.
 *
 * <p>It opens when the share of failed calls in a window, which begins with a failed call, reaches
 * {@link Rules#share}, or at once when a call overruns its deadline. After the cool-down it lets
 * one call at a time through, and closes after {@link Rules#probes} good ones in a row; a bad one
 * opens it for twice as long.
 */
public final class Breaker {
  private static final int LONGEST = 16;

  private final Rules rules;
  private final LongSupplier nanos;
  private final AtomicLong window = new AtomicLong();
  private volatile State state = State.CLOSED;
  private long openUntil;
  private int factor = 1;
  private int good;
  private boolean probing;

  /**
   * When it opens and closes.
   *
   * @param share the share of failed calls that opens it, above 0 and at most 1
   * @param calls how many calls a window has
   * @param coolDown how long it stays open the first time
   * @param probes how many good calls in a row close it
   */
  public record Rules(double share, int calls, Duration coolDown, int probes) {
    /** What counts where nothing is configured. */
    public static final Rules DEFAULT = new Rules(0.5, 20, Duration.ofSeconds(10), 10);

    /** Checks the bounds. */
    public Rules {
      if (!(share > 0 && share <= 1) || calls < 1 || probes < 1 || coolDown.isNegative()) {
        throw new IllegalArgumentException("a breaker's share is above 0 and at most 1");
      }
    }
  }

  /** Who gets the calls. */
  public enum State {
    /** The port. */
    CLOSED,
    /** Lua. */
    OPEN,
    /** Lua, but for one call at a time. */
    PROBING
  }

  /** A closed breaker whose time is told by {@code nanos}. */
  public Breaker(Rules rules, LongSupplier nanos) {
    this.rules = rules;
    this.nanos = nanos;
  }

  /** Where it stands. */
  public State state() {
    return state;
  }

  /** Whether the port may have this call; one that may must be told of its end. */
  public boolean admits() {
    return state == State.CLOSED || probe();
  }

  private synchronized boolean probe() {
    if (state == State.OPEN && nanos.getAsLong() - openUntil >= 0) {
      state = State.PROBING;
      good = 0;
      probing = false;
    }
    if (state == State.PROBING && !probing) {
      probing = true;
      return true;
    }
    return state == State.CLOSED;
  }

  /** An admitted call was answered. */
  public void succeeded() {
    if (state != State.CLOSED) {
      probed();
    } else if (window.get() != 0) { // nothing is written for the calls of a port that never fails
      count(0);
    }
  }

  /** An admitted call failed. */
  public void failed() {
    if (state == State.CLOSED) {
      count(1);
    } else {
      open(2);
    }
  }

  /** Opens it at once. */
  public void trip() {
    open(state == State.CLOSED ? 1 : 2);
  }

  private void count(int failures) {
    long now = window.addAndGet(((long) failures << Integer.SIZE) + 1);
    long calls = now & 0xFFFF_FFFFL;
    long failed = now >>> Integer.SIZE;
    if (failed >= rules.share() * rules.calls()) {
      open(1);
    } else if (calls >= rules.calls()) {
      window.compareAndSet(now, 0);
    }
  }

  private synchronized void probed() {
    if (state != State.PROBING) {
      return;
    }
    probing = false;
    good++;
    if (good >= rules.probes()) {
      window.set(0);
      factor = 1;
      state = State.CLOSED;
    }
  }

  private synchronized void open(int growth) {
    if (state == State.OPEN) {
      return;
    }
    factor = Math.min(LONGEST, factor * growth);
    openUntil = nanos.getAsLong() + rules.coolDown().toNanos() * factor;
    probing = false;
    state = State.OPEN;
  }
}

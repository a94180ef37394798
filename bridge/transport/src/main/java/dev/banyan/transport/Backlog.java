package dev.banyan.transport;

/**
 * Owned by its loop: how long what the loop turns to now may have waited for it, from a look at the
 * clock before and after each poll of its sockets. What a poll finds at once became ready while the
 * loop was busy with what the poll before had found.
 *
 * <p>All times are in nanoseconds, by a clock like {@link System#nanoTime}.
 */
final class Backlog {
  /** A poll that took longer than this found nothing at first. */
  static final long ASLEEP = 50_000;

  /** The same of a poll that sends, too, before it looks. */
  static final long SENT = 500_000;

  /** Whoever has waited no longer than so many requests usually take has not waited. */
  private static final int FEW = 4;

  /** What the newest poll weighs in what is usual: one part of so many. */
  private static final int WEIGHT = 16;

  private final long asleep;
  private long polling;
  private long polled;
  private long since;
  private boolean found;
  private int begun;
  private long usual;

  /** Of a loop of which a poll that took longer than {@code asleep} found nothing at first. */
  Backlog(long asleep) {
    this.asleep = asleep;
  }

  /** The loop has done what the last poll found, and polls again. */
  void polls(long now) {
    if (!found) {
      polled = now;
    } else if (begun > 0) {
      long each = (now - polled) / begun;
      usual += usual == 0 ? each : (each - usual) / WEIGHT;
    }
    found = false;
    begun = 0;
    polling = now;
  }

  /** The poll has found something. */
  void polled(long now) {
    since = now - polling > asleep ? now : polled;
    polled = now;
    found = true;
  }

  /**
   * The loop begins with a request.
   *
   * @return the most that it can have waited for the loop; 0 when that is no longer than a few
   *     requests take here, as they do while the JVM is cold
   */
  long begins(long now) {
    begun++;
    long waited = found ? now - since : 0;
    return usual > 0 && waited > FEW * usual ? waited : 0;
  }
}

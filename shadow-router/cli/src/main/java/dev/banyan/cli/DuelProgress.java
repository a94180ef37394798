package dev.banyan.cli;

import dev.banyan.duel.run.Progress;
import java.io.Console;
import java.io.PrintWriter;
import java.util.Locale;

/**
 * Shows how far a duel is: a bar that moves on a terminal, a line now and then elsewhere.
 *
 * <p>Told by the duel's threads, one at a time.
 */
final class DuelProgress implements Progress {
  private static final int WIDTH = 30;
  private static final long OFTEN = 200_000_000;
  private static final long SELDOM = 10_000_000_000L;

  /** To the line's beginning, with nothing on it. */
  private static final String START = "\r\u001b[K";

  /** What is longer than the terminal is wide is cut: a second line could not be taken back. */
  private static final String UNWRAPPED = "\u001b[?7l";

  private static final String WRAPPED = "\u001b[?7h";

  private final PrintWriter out;
  private final boolean terminal;
  private long shown = System.nanoTime();

  private DuelProgress(PrintWriter out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  @SuppressWarnings("SystemConsoleNull") // it still is null where input or output is a file
  static Progress on(PrintWriter out) {
    Console console = System.console();
    return new DuelProgress(out, console != null && console.isTerminal());
  }

  @Override
  public synchronized void at(String what, int done, int all, int inFlight, int differing) {
    long now = System.nanoTime();
    boolean last = terminal && done == all && inFlight == 0;
    if (!last && now - shown < (terminal ? OFTEN : SELDOM)) {
      return;
    }
    shown = now;
    int filled = all == 0 ? WIDTH : (int) ((long) WIDTH * Math.min(done, all) / all);
    String line =
        String.format(
            Locale.ROOT,
            "%s [%s%s] %,d of %,d, %,d in flight, %,d differ",
            what,
            "=".repeat(filled),
            " ".repeat(WIDTH - filled),
            done,
            all,
            inFlight,
            differing);
    if (terminal) {
      out.print(START + (last ? "" : UNWRAPPED + line + WRAPPED));
      out.flush();
    } else {
      out.println(line);
    }
  }
}

package dev.banyan.gateway;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Owned by its request's loop: what the echo module keeps of a request, until an internal redirect.
 */
final class EchoState {
  private long timerBegan;
  private long counted;
  private long countedInWord;
  private boolean evaluating;
  private List<String> choices = List.of();
  private int choice;
  private boolean choosing;

  EchoState(long timerBegan) {
    this.timerBegan = timerBegan;
  }

  /** When {@code $echo_timer_elapsed} began, in milliseconds of the clock. */
  long timerBegan() {
    return timerBegan;
  }

  void resetTimer(long now) {
    timerBegan = now;
  }

  private long count() {
    counted++;
    return counted;
  }

  /** A word of a directive is evaluated from now on, in which the count stays what it is. */
  void evaluating(boolean now) {
    evaluating = now;
    countedInWord = 0;
  }

  /** What {@code $echo_incr} is here. */
  long count(EchoState main) {
    if (!evaluating) {
      return main.count();
    }
    if (countedInWord == 0) {
      countedInWord = main.count();
    }
    return countedInWord;
  }

  /** Whether a loop is run. */
  boolean choosing() {
    return choosing;
  }

  void choose(List<String> of) {
    choices = List.copyOf(of);
    choice = 0;
    choosing = true;
  }

  /** Goes on to the next turn of the loop; false at its end. */
  boolean chooseNext() {
    choice++;
    choosing = choice < choices.size();
    return choosing;
  }

  /** {@code $echo_it}; null outside of loops. */
  @Nullable String chosen() {
    return choosing && choice < choices.size() ? choices.get(choice) : null;
  }
}

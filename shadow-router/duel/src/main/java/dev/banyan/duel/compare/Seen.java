package dev.banyan.duel.compare;

import dev.banyan.duel.origin.Received;
import dev.banyan.duel.wire.Answer;
import dev.banyan.duel.wire.Target;
import java.util.List;

/**
 * What came of a case at one target. Immutable.
 *
 * @param answers one for each step
 * @param received for each step, what the duel's own origins received; empty lists without them
 * @param marks what its requests were told apart by, one for each sending
 */
public record Seen(
    Target target, List<Answer> answers, List<List<Received>> received, List<String> marks) {
  /** Copies the lists. */
  public Seen {
    answers = List.copyOf(answers);
    received = received.stream().map(List::copyOf).toList();
    marks = List.copyOf(marks);
  }

  /** Whether a step got no whole answer in time, or no connection. */
  public boolean isUnanswered() {
    return answers.stream()
        .anyMatch(
            a -> a.ending() == Answer.Ending.TIMED_OUT || a.ending() == Answer.Ending.UNREACHABLE);
  }
}

package dev.banyan.cli.battery;

import dev.banyan.cli.battery.Tally.Fate;
import dev.banyan.cli.reproduce.BothSides.Answer;
import dev.banyan.lua.seam.RecordedCall;
import dev.banyan.vectors.spoil.Spoiled;
import java.util.EnumMap;
import java.util.Map;

/** Owned by one battery: one cause of what is wrong, with the first input that showed it. */
public final class Finding {
  private final String cause;
  private final Fate fate;
  private final String vector;
  private final Spoiled first;
  private final RecordedCall call;
  private final Answer answer;
  private final Map<Spoiled.Kind, Integer> inputs = new EnumMap<>(Spoiled.Kind.class);

  Finding(String cause, Fate fate, String vector, Spoiled first, RecordedCall call, Answer answer) {
    this.cause = cause;
    this.fate = fate;
    this.vector = vector;
    this.first = first;
    this.call = call;
    this.answer = answer;
    again(first);
  }

  void again(Spoiled spoiled) {
    inputs.merge(spoiled.kind(), 1, Integer::sum);
  }

  /** What is wrong, in words that are the same for the same cause. */
  static String cause(Answer answer) {
    return switch (answer) {
      case Answer.Differ now -> now.judgement().shape().text();
      case Answer.Broke(RecordedCall now, String reason, var _) -> now.function() + ": " + reason;
      case Answer.Agree _, Answer.Declined _, Answer.None _ -> "";
    };
  }

  /** In words. */
  public String cause() {
    return cause;
  }

  /** Whether the sides differ, or the port fails. */
  public Fate fate() {
    return fate;
  }

  /** The vector that the first input was made of. */
  public String vector() {
    return vector;
  }

  /** The first input that showed it. */
  public Spoiled first() {
    return first;
  }

  /** The call of that input. */
  public RecordedCall call() {
    return call;
  }

  /** What came of that input. */
  public Answer answer() {
    return answer;
  }

  /** How many inputs showed it. */
  public int count() {
    return inputs.values().stream().mapToInt(Integer::intValue).sum();
  }
}

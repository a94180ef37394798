package dev.banyan.duel.run;

/** What is said of a case. */
public enum Verdict {
  /** All targets answered alike, and the origins received the same. */
  EQUAL("equal"),
  /** Targets differ, and did so again when the case was asked alone. */
  DIFFERS("differs"),
  /** Targets differed among thousands of requests, and not always when the case was asked alone. */
  UNSTEADY("unsteady"),
  /** All targets were alike in giving no answer in time. */
  UNANSWERED("unanswered");

  private final String word;

  Verdict(String word) {
    this.word = word;
  }

  /** In a word. */
  public String word() {
    return word;
  }
}

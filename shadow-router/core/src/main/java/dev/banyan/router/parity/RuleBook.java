package dev.banyan.router.parity;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;

/** For any thread: the rules of one module, and how many calls each hid a difference of. */
final class RuleBook {
  private final List<Counted> rules;

  RuleBook(List<ParityRule> rules) {
    this.rules = rules.stream().map(rule -> new Counted(rule, new LongAdder())).toList();
  }

  private record Counted(ParityRule rule, LongAdder hidden) {}

  /** The rules that count on a day for calls of a function. */
  List<ParityRule> inForce(String function, LocalDate today) {
    List<ParityRule> inForce = new ArrayList<>();
    for (Counted one : rules) {
      String only = one.rule().function();
      if (!one.rule().expired(today) && (only == null || only.equals(function))) {
        inForce.add(one.rule());
      }
    }
    return inForce;
  }

  /** Each of these rules hid something of one call. */
  void hid(Set<ParityRule> used) {
    for (Counted one : rules) {
      if (used.contains(one.rule())) {
        one.hidden().increment();
      }
    }
  }

  List<RuleUse> snapshot(LocalDate today) {
    return rules.stream()
        .map(one -> new RuleUse(one.rule(), one.hidden().sum(), one.rule().expired(today)))
        .toList();
  }
}

package dev.banyan.server.config;

import dev.banyan.api.FailMode;
import dev.banyan.host.Breaker;
import dev.banyan.host.CallRules;
import java.time.Duration;

/** Owned by the thread that reads: what the calls of one module's port may take. */
final class RulesReader {
  private static final int MOST_CALLS = 100_000;
  private static final double PERCENT = 100;

  private final YamlSection module;

  RulesReader(YamlSection module) {
    this.module = module;
  }

  CallRules read(FailMode failMode) {
    CallRules plain = CallRules.DEFAULT;
    Duration deadline = module.duration("deadline", plain.deadline());
    if (deadline.isZero()) {
      module.expected("deadline", module.text("deadline", ""), "more than nothing, such as 250ms");
      deadline = plain.deadline();
    }
    int most = module.integer("max-concurrent", plain.maxConcurrent(), 1, MOST_CALLS);
    return new CallRules(failMode, deadline, most, breaker(module.section("breaker")));
  }

  private static Breaker.Rules breaker(YamlSection section) {
    Breaker.Rules plain = Breaker.Rules.DEFAULT;
    int percent =
        section.integer("failure-percent", (int) (plain.share() * PERCENT), 1, (int) PERCENT);
    Breaker.Rules rules =
        new Breaker.Rules(
            percent / PERCENT,
            section.integer("calls", plain.calls(), 1, MOST_CALLS),
            section.duration("cool-down", plain.coolDown()),
            section.integer("probes", plain.probes(), 1, MOST_CALLS));
    section.finish();
    return rules;
  }
}

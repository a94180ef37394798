package dev.banyan.host;

import dev.banyan.api.Decision;
import dev.banyan.api.Phase;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Immutable, for any thread: a handler of a port with its input's sources found and its handles
 * made.
 */
public final class BoundHandler extends BoundTarget {
  private final Set<Phase> phases;
  private final long phaseBits;
  private final WriteRules rules;

  BoundHandler(String name, Set<Phase> phases, BoundCall call, WriteRules rules) {
    super(name, call);
    this.phases = Collections.unmodifiableSet(EnumSet.copyOf(phases));
    this.phaseBits = phases.stream().mapToLong(BoundHandler::bit).reduce(0, (a, b) -> a | b);
    this.rules = rules;
  }

  /** The phases in which it does; never empty. */
  public Set<Phase> phases() {
    return phases;
  }

  @Override
  public boolean in(Phase phase) {
    return (phaseBits & bit(phase)) != 0;
  }

  @SuppressWarnings("EnumOrdinal") // a bit per phase, never stored
  private static long bit(Phase phase) {
    return 1L << phase.ordinal();
  }

  /** What the port may write: what is compared in shadow. */
  public WriteRules rules() {
    return rules;
  }

  /** A decision that keeps to what was declared; nothing of it has been applied. */
  @Override
  CallOutcome answered(@Nullable Object answer) {
    if (!(answer instanceof Decision decision)) {
      return CallOutcome.Fallback.of(new PortDefect("null decision"));
    }
    if (decision.verdict() instanceof Decision.Verdict.Decline decline) {
      return new CallOutcome.Fallback("declined: " + decline.reason(), null);
    }
    String undeclared = rules.firstUndeclared(decision);
    return undeclared == null
        ? new CallOutcome.Decided(decision)
        : CallOutcome.Fallback.of(new PortDefect("undeclared write: " + undeclared));
  }
}

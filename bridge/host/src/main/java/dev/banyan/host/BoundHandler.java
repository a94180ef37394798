package dev.banyan.host;

import dev.banyan.api.Decision;
import dev.banyan.api.Phase;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Immutable, for any thread: a handler of a port with its input's sources found and its handles
 * made.
 */
public final class BoundHandler {
  private final String name;
  private final Set<Phase> phases;
  private final BoundCall call;
  private final WriteRules rules;

  BoundHandler(String name, Set<Phase> phases, BoundCall call, WriteRules rules) {
    this.name = name;
    this.phases = Set.copyOf(phases);
    this.call = call;
    this.rules = rules;
  }

  /** The Lua function that this replaces. */
  public String name() {
    return name;
  }

  /** The phases in which it does; never empty. */
  public Set<Phase> phases() {
    return phases;
  }

  /** What the port may write: what is compared in shadow. */
  public WriteRules rules() {
    return rules;
  }

  /** The fields of the Lua module that the input is read from. */
  public Set<String> fields() {
    return call.input().fields();
  }

  /**
   * Reads the input from the call, on the request's thread.
   *
   * @return the input record, or an empty marker when the handler takes none
   */
  public Object extract(CallView request) {
    return call.input().extract(request);
  }

  /**
   * Reads what must be seen before the control changes it: everything but the body, which the
   * control may not even read.
   */
  public @Nullable Object[] early(CallView request) {
    return call.input().early(request);
  }

  /** Reads what {@link #early} left out and makes the input record. */
  public Object complete(@Nullable Object[] values, CallView request) {
    return call.input().complete(values, request);
  }

  /**
   * Runs the handler on an extracted input and Lua's arguments. Whatever it throws but an error of
   * the machine becomes an outcome; nothing of the decision has been applied.
   */
  public CallOutcome invoke(Object input, List<@Nullable Object> lua, Capabilities capabilities) {
    try {
      @Nullable Object[] arguments = call.arguments(input, lua, capabilities);
      if (arguments == null) {
        return new CallOutcome.Fallback("an argument doesn't fit", null);
      }
      if (!(call.call(arguments) instanceof Decision decision)) {
        return CallOutcome.Fallback.of(new PortDefect("null decision"));
      }
      if (decision.verdict() instanceof Decision.Verdict.Decline decline) {
        return new CallOutcome.Fallback("declined: " + decline.reason(), null);
      }
      String undeclared = rules.firstUndeclared(decision);
      return undeclared == null
          ? new CallOutcome.Decided(decision)
          : CallOutcome.Fallback.of(new PortDefect("undeclared write: " + undeclared));
    } catch (RuntimeException | Error e) {
      return CallOutcome.thrown(e);
    }
  }
}

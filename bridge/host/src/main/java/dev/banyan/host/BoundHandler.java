package dev.banyan.host;

import dev.banyan.api.Decision;
import dev.banyan.api.Phase;
import java.lang.invoke.MethodHandle;
import org.jspecify.annotations.Nullable;

/**
 * Immutable, for any thread: a handler of a port with its input's sources found and its handles
 * made.
 */
public final class BoundHandler {
  private final String name;
  private final Phase phase;
  private final Source[] sources;
  private final @Nullable MethodHandle inputConstructor;
  private final Class<?>[] parameters;
  private final MethodHandle body;
  private final WriteRules rules;

  BoundHandler(
      String name,
      Phase phase,
      Source[] sources,
      @Nullable MethodHandle inputConstructor,
      Class<?>[] parameters,
      MethodHandle body,
      WriteRules rules) {
    this.name = name;
    this.phase = phase;
    this.sources = sources;
    this.inputConstructor = inputConstructor;
    this.parameters = parameters;
    this.body = body;
    this.rules = rules;
  }

  /** The Lua function that this replaces. */
  public String name() {
    return name;
  }

  /** The phase in which it does. */
  public Phase phase() {
    return phase;
  }

  /** What the port may write: what is compared in shadow. */
  public WriteRules rules() {
    return rules;
  }

  /**
   * Reads the input from the call, on the request's thread.
   *
   * @return the input record, or an empty marker when the handler takes none
   */
  public Object extract(CallView call) {
    return complete(early(call), call);
  }

  /**
   * Reads what must be seen before the control changes it: everything but the body, which the
   * control may not even read.
   */
  public @Nullable Object[] early(CallView call) {
    @Nullable Object[] values = new @Nullable Object[sources.length];
    for (int i = 0; i < sources.length; i++) {
      if (!sources[i].late()) {
        values[i] = sources[i].read(call);
      }
    }
    return values;
  }

  /** Reads what {@link #early} left out and makes the input record. */
  public Object complete(@Nullable Object[] values, CallView call) {
    if (inputConstructor == null) {
      return NO_INPUT;
    }
    for (int i = 0; i < sources.length; i++) {
      if (sources[i].late()) {
        values[i] = sources[i].read(call);
      }
    }
    return Handles.construct(inputConstructor, values);
  }

  /**
   * Runs the handler on an extracted input. Whatever it throws but an error of the machine becomes
   * an outcome; nothing of the decision has been applied.
   */
  public CallOutcome invoke(Object input, Capabilities capabilities) {
    Object[] arguments = new Object[parameters.length];
    for (int i = 0; i < parameters.length; i++) {
      arguments[i] = Capabilities.offers(parameters[i]) ? capabilities.get(parameters[i]) : input;
    }
    return CallOutcome.contain(() -> {
      Object answer = Handles.call(body, arguments);
      if (!(answer instanceof Decision decision)) {
        return new CallOutcome.Fallback("null decision", null);
      }
      if (decision.verdict() instanceof Decision.Verdict.Decline decline) {
        return new CallOutcome.Fallback("declined: " + decline.reason(), null);
      }
      String undeclared = rules.firstUndeclared(decision);
      return undeclared == null
          ? new CallOutcome.Decided(decision)
          : new CallOutcome.Fallback("undeclared write: " + undeclared, null);
    });
  }

  private static final Object NO_INPUT = new Object();
}

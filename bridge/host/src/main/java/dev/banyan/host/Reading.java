package dev.banyan.host;

import dev.banyan.api.Arguments;
import org.jspecify.annotations.Nullable;

/** Owned by one extraction of an input: the call, and what several components share of it. */
final class Reading {
  private final CallView call;
  private @Nullable Arguments arguments;

  Reading(CallView call) {
    this.call = call;
  }

  CallView call() {
    return call;
  }

  /** All query arguments, parsed once. */
  Arguments arguments() {
    Arguments parsed = arguments;
    if (parsed == null) {
      parsed = Arguments.parse(call.args(), 0);
      arguments = parsed;
    }
    return parsed;
  }
}

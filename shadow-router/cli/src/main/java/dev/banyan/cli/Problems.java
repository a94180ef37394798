package dev.banyan.cli;

import dev.banyan.server.config.ConfigException;
import java.io.UncheckedIOException;
import java.util.function.Supplier;

/** Turns what is wrong with a configuration into the command's end. */
final class Problems {
  private Problems() {}

  static <T> T orFail(Supplier<T> step) {
    try {
      return step.get();
    } catch (ConfigException | UncheckedIOException | IllegalStateException e) {
      throw new CommandFailure(ExitCodes.PROBLEM, String.valueOf(e.getMessage()));
    }
  }
}

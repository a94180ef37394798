package dev.banyan.host;

import dev.banyan.api.DataFiles;
import dev.banyan.api.Dict;
import dev.banyan.api.Http;
import dev.banyan.api.Log;
import dev.banyan.api.Metrics;
import dev.banyan.api.Randomness;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Runs mirrored functions, which may read files and nothing else of the world. */
final class Mirroring {
  private Mirroring() {}

  static Optional<String> run(
      BoundFunction function, List<@Nullable Object> arguments, DataFiles files) {
    return switch (function.invoke(new Object(), arguments, new OnlyFiles(files))) {
      case CallOutcome.Answered answered -> Optional.ofNullable(answered.results().error());
      case CallOutcome.Decided _ -> Optional.empty();
      case CallOutcome.Fallback(String reason, Throwable cause) ->
          Optional.of(cause == null ? reason : reason + ": " + cause.getMessage());
    };
  }

  private record OnlyFiles(DataFiles files) implements Capabilities {
    @Override
    public Clock clock() {
      throw closed("Clock");
    }

    @Override
    public Randomness randomness() {
      throw closed("Randomness");
    }

    @Override
    public Dict dict(String name) {
      throw closed("Dict");
    }

    @Override
    public Http http() {
      throw closed("Http");
    }

    @Override
    public Log log() {
      throw closed("Log");
    }

    @Override
    public Metrics metrics() {
      throw closed("Metrics");
    }

    private static IllegalStateException closed(String name) {
      return new IllegalStateException("a mirrored function has no " + name + ", only DataFiles");
    }
  }
}

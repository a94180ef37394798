package dev.banyan.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The newest change of a module's flag: what another change overrides. */
final class StandingFlag {
  /** So long a change of somebody else's is news, which nobody overrides unasked. */
  static final Duration NEWS = Duration.ofMinutes(5);

  /** As many entries as the audit log is asked for. */
  private static final int LOOKED_AT = 1000;

  private final String module;
  private final @Nullable JsonNode change;

  private StandingFlag(String module, @Nullable JsonNode change) {
    this.module = module;
    this.change = change;
  }

  static StandingFlag of(AdminClient client, String module) {
    for (JsonNode entry : client.get("/api/v1/audit?limit=" + LOOKED_AT).path("audit")) {
      if (entry.path("module").asString("").equals(module)) {
        return new StandingFlag(module, entry);
      }
    }
    return new StandingFlag(module, null);
  }

  /** The flags' version that it came with; 0 where nobody has changed it. */
  long version() {
    return change == null ? 0 : change.path("version").asLong(0);
  }

  /** What is overridden; empty where nobody has changed it. */
  String text() {
    return change == null
        ? ""
        : "overrides %s, set by %s at %s: %s"
            .formatted(
                change.path("to").path("summary").asString(""),
                change.path("who").asString(""),
                when(change).truncatedTo(ChronoUnit.SECONDS),
                change.path("why").asString(""));
  }

  private static Instant when(JsonNode change) {
    return Instant.parse(change.path("when").asString(""));
  }

  /**
   * Lets only those override it to whom it is no news.
   *
   * @throws CommandFailure which tells what it is and how to override it
   */
  void refuseNews(String who, Instant now) {
    if (change == null || change.path("who").asString("").equals(who)) {
      return;
    }
    Instant when = when(change);
    if (when.plus(NEWS).isAfter(now)) {
      throw new CommandFailure(
          ExitCodes.REFUSED,
          "refused: %s was changed %d s ago, %s → %s by %s (%s): say --seen %d to override it"
              .formatted(
                  module,
                  Math.max(0, Duration.between(when, now).toSeconds()),
                  change.path("from").path("summary").asString(""),
                  change.path("to").path("summary").asString(""),
                  change.path("who").asString(""),
                  change.path("why").asString(""),
                  version()));
    }
  }
}

package dev.banyan.nginx;

/** What {@link LocationMatcher} decides. */
public sealed interface LocationMatch {
  /** The location that decides. */
  LocationConf location();

  /** The request belongs to a location, or to the server's own level. */
  record Found(LocationConf location) implements LocationMatch {}

  /** The client is sent (301) to the same URI with a final slash. */
  record SlashRedirect(LocationConf location) implements LocationMatch {}
}

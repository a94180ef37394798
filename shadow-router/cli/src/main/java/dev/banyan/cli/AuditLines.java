package dev.banyan.cli;

import tools.jackson.databind.JsonNode;

/** Writes audit entries for people. */
final class AuditLines {
  private AuditLines() {}

  /** Writes what a change has done; that it was done at all is not taken for granted. */
  static void print(Paper paper, AdminClient client, JsonNode entry, boolean json) {
    if (!entry.path("version").isIntegralNumber() || !entry.path("to").has("summary")) {
      throw new CommandFailure(
          ExitCodes.UNREACHABLE,
          "what answered tells of no change: is it Banyan's admin listener?");
    }
    if (json) {
      paper.line("%s", client.pretty(entry));
    } else {
      paper.line(
          "%s: %s -> %s, in force for the next request (flags version %d)",
          entry.path("module").asString(),
          entry.path("from").path("summary").asString(),
          entry.path("to").path("summary").asString(),
          entry.path("version").asLong(0));
      String warning = entry.path("warning").asString("");
      if (!warning.isEmpty()) {
        paper.line("warning: %s", warning);
      }
    }
  }

  static void row(Paper paper, JsonNode entry) {
    String when = entry.path("when").asString();
    paper.row(
        entry.path("version").asLong(0),
        when.length() > 19 ? when.substring(0, 19).replace('T', ' ') + "Z" : when,
        entry.path("module").asString(),
        entry.path("from").path("summary").asString()
            + " -> "
            + entry.path("to").path("summary").asString(),
        entry.path("who").asString(),
        entry.path("why").asString());
  }
}

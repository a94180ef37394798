package dev.banyan.cli;

import java.util.Map;
import picocli.CommandLine.Option;

/** Who changes something, and why: every change is audited. */
final class Signature {
  @Option(
      names = "--why",
      required = true,
      paramLabel = "REASON",
      description = "The reason, for the audit log.")
  String why = "";

  @Option(
      names = "--who",
      paramLabel = "NAME",
      defaultValue = "${sys:user.name}",
      description = "Who decides it (default: ${DEFAULT-VALUE}).")
  String who = "";

  Map<String, Object> body() {
    return Map.of("who", who, "why", why);
  }
}

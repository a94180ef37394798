package dev.banyan.cli;

import java.util.Map;
import picocli.CommandLine.Option;

/** Who changes something: every change is audited. */
final class Signature {
  @Option(
      names = "--who",
      paramLabel = "NAME",
      defaultValue = "${sys:user.name}",
      description = "Who decides it (default: ${DEFAULT-VALUE}).")
  String who = "";

  Map<String, Object> body(String why) {
    return Map.of("who", who, "why", why);
  }
}

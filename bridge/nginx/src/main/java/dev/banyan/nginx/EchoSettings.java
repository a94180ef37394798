package dev.banyan.nginx;

import java.util.List;

/**
 * What a location inherits of the echo module.
 *
 * @param status of what its content handler answers
 * @param before {@code echo_before_body}
 * @param after {@code echo_after_body}
 */
public record EchoSettings(int status, List<EchoCommand> before, List<EchoCommand> after) {
  public EchoSettings {
    before = List.copyOf(before);
    after = List.copyOf(after);
  }

  /** Whether something frames the body. */
  public boolean frames() {
    return !before.isEmpty() || !after.isEmpty();
  }
}

package dev.banyan.lua.ngx.process;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A process to be started.
 *
 * @param arguments its name first, each an octet to a char
 * @param environment all of its environment, each an octet to a char
 * @param path where its name is searched; null for the system's own folders
 * @param mergeStderr whether what it says on stderr comes on stdout
 * @param bufferSize octets that a read takes at most
 */
public record Command(
    List<String> arguments,
    Map<String, String> environment,
    @Nullable String path,
    boolean mergeStderr,
    long bufferSize) {
  /** Copies the collections. */
  public Command {
    arguments = List.copyOf(arguments);
    environment = Map.copyOf(environment);
  }

  /** As a person would type it. */
  public String text() {
    return String.join(" ", arguments);
  }
}

package dev.banyan.nginx;

import dev.banyan.nginx.script.Template;
import java.util.List;

/**
 * One directive of the echo module, as its content handler or its filter runs it.
 *
 * @param bare whether its first option is {@code -n}: no line's end
 * @param arguments what follows its options
 */
public record EchoCommand(Kind kind, boolean bare, List<Template> arguments) {
  public EchoCommand {
    arguments = List.copyOf(arguments);
  }

  /** What a command does. */
  public enum Kind {
    ECHO,
    DUPLICATE,
    FLUSH,
    SLEEP,
    BLOCKING_SLEEP,
    RESET_TIMER,
    READ_REQUEST_BODY,
    REQUEST_BODY,
    LOCATION,
    LOCATION_ASYNC,
    SUBREQUEST,
    SUBREQUEST_ASYNC,
    FOREACH_SPLIT,
    END,
    EXEC,
    ABORT_PARENT,
    /** An empty piece of the body: what a location begins with whose first output is another's. */
    SYNC;

    /** Whether it sends another location's answer. */
    public boolean subrequests() {
      return this == LOCATION
          || this == LOCATION_ASYNC
          || this == SUBREQUEST
          || this == SUBREQUEST_ASYNC;
    }

    boolean outputs() {
      return this == ECHO
          || this == DUPLICATE
          || this == FLUSH
          || this == REQUEST_BODY
          || subrequests();
    }
  }
}

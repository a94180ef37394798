package dev.banyan.nginx;

import dev.banyan.nginx.script.Template;
import dev.banyan.nginx.syntax.Directive;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Owned by the thread that loads a configuration: reads the directives of the echo module. */
final class EchoReader {
  private static final Map<String, EchoCommand.Kind> COMMANDS = commands();
  private static final int OK = 200;

  private final Scope scope;

  EchoReader(Scope scope) {
    this.scope = scope;
  }

  private static Map<String, EchoCommand.Kind> commands() {
    Map<String, EchoCommand.Kind> commands = new LinkedHashMap<>();
    commands.put("echo", EchoCommand.Kind.ECHO);
    commands.put("echo_duplicate", EchoCommand.Kind.DUPLICATE);
    commands.put("echo_flush", EchoCommand.Kind.FLUSH);
    commands.put("echo_sleep", EchoCommand.Kind.SLEEP);
    commands.put("echo_blocking_sleep", EchoCommand.Kind.BLOCKING_SLEEP);
    commands.put("echo_reset_timer", EchoCommand.Kind.RESET_TIMER);
    commands.put("echo_read_request_body", EchoCommand.Kind.READ_REQUEST_BODY);
    commands.put("echo_request_body", EchoCommand.Kind.REQUEST_BODY);
    commands.put("echo_location", EchoCommand.Kind.LOCATION);
    commands.put("echo_location_async", EchoCommand.Kind.LOCATION_ASYNC);
    commands.put("echo_subrequest", EchoCommand.Kind.SUBREQUEST);
    commands.put("echo_subrequest_async", EchoCommand.Kind.SUBREQUEST_ASYNC);
    commands.put("echo_foreach_split", EchoCommand.Kind.FOREACH_SPLIT);
    commands.put("echo_end", EchoCommand.Kind.END);
    commands.put("echo_exec", EchoCommand.Kind.EXEC);
    commands.put("echo_abort_parent", EchoCommand.Kind.ABORT_PARENT);
    return commands;
  }

  /** Whether a directive of this name makes the module the content handler. */
  static boolean handles(String name) {
    return COMMANDS.containsKey(name);
  }

  /** The content handler that this very block makes. */
  ContentHandler content() {
    List<EchoCommand> commands = new ArrayList<>();
    boolean output = false;
    for (Directive directive : scope.ownOf(COMMANDS.keySet().toArray(String[]::new))) {
      EchoCommand command =
          command(directive, Objects.requireNonNull(COMMANDS.get(directive.name())));
      if (!output && command.kind().subrequests()) {
        commands.add(new EchoCommand(EchoCommand.Kind.SYNC, false, List.of()));
      }
      output |= command.kind().outputs();
      commands.add(command);
    }
    return new ContentHandler.Echo(commands);
  }

  EchoSettings settings() {
    return new EchoSettings(
        scope.number("echo_status", OK), framing("echo_before_body"), framing("echo_after_body"));
  }

  private List<EchoCommand> framing(String name) {
    return scope.nearest(name).stream().map(d -> command(d, EchoCommand.Kind.ECHO)).toList();
  }

  /** Its options are plain words with a dash before everything else, up to {@code --}. */
  private EchoCommand command(Directive directive, EchoCommand.Kind kind) {
    List<String> words = directive.args();
    List<String> options = new ArrayList<>();
    int at = 0;
    while (at < words.size() && isOption(words.get(at))) {
      String word = words.get(at++);
      if (word.startsWith("--")) {
        break;
      }
      options.add(word);
    }
    List<Template> arguments =
        words.subList(at, words.size()).stream()
            .map(word -> scope.compiler().template(directive, word))
            .toList();
    boolean bare = !options.isEmpty() && options.getFirst().equals("-n");
    return new EchoCommand(kind, bare, arguments);
  }

  private static boolean isOption(String word) {
    return word.length() > 1 && word.startsWith("-") && word.indexOf('$') < 0;
  }
}

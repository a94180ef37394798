package dev.banyan.nginx;

import dev.banyan.nginx.script.Variable;
import dev.banyan.nginx.syntax.Directive;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Owned by the thread that loads a configuration: reads the directives of the memc module. */
final class MemcReader {
  static final List<String> VARIABLES =
      List.of("memc_cmd", "memc_key", "memc_value", "memc_flags", "memc_exptime");

  private final Scope scope;
  private final MemcachedReader servers;

  MemcReader(Scope scope) {
    this.scope = scope;
    this.servers = new MemcachedReader(scope, "memc");
  }

  /** Reports settings that can't be read, also where nothing is passed. */
  void check() {
    settings();
    servers.settings();
  }

  private MemcSettings settings() {
    return new MemcSettings(
        scope.read("memc_cmds_allowed", Set.of(), MemcReader::commands),
        scope.flag("memc_flags_to_last_modified", false),
        scope.flag("memc_ignore_client_abort", false));
  }

  private static Set<String> commands(Directive directive) {
    Set<String> commands = new HashSet<>();
    for (String word : directive.args()) {
      if (!MemcSettings.COMMANDS.contains(word)) {
        throw directive.error(
            "Unknown memcached command \"" + word + "\" used in \"memc_cmds_allowed\"");
      }
      commands.add(word);
    }
    return commands;
  }

  ContentHandler read(Directive pass) {
    boolean named = pass.arg(0).indexOf('$') >= 0;
    Map<String, Variable> words = new HashMap<>();
    for (String name : VARIABLES) {
      Variable variable = scope.compiler().variables().find(name);
      if (variable != null) {
        words.put(name, variable);
      }
    }
    return new ContentHandler.Memc(
        named ? null : servers.target(pass),
        scope.compiler().template(pass, pass.arg(0)),
        scope.compiler().template(pass, "$memc_cmd"),
        settings(),
        servers.settings(),
        words);
  }
}

package dev.banyan.nginx;

import dev.banyan.nginx.syntax.Directive;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Owned by the thread that loads a configuration: {@code upstream_list}, in the file's order. */
final class UpstreamLists {
  private final Map<String, List<String>> lists = new LinkedHashMap<>();

  void add(Directive directive, Problems problems) {
    List<String> words = directive.args();
    if (lists.putIfAbsent(words.getFirst(), words.subList(1, words.size())) != null) {
      problems.add(directive, "duplicate upstream list name \"" + words.getFirst() + "\"");
    }
  }

  /** Refuses a directive that names a list which isn't there yet. */
  void require(Directive directive, String name) {
    if (!lists.containsKey(name)) {
      throw directive.error(directive.name() + ": upstream list \"" + name + "\" not defined yet");
    }
  }

  Map<String, List<String>> all() {
    return lists;
  }
}

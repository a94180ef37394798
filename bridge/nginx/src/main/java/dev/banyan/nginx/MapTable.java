package dev.banyan.nginx;

import dev.banyan.nginx.script.Computation;
import dev.banyan.nginx.script.ConfRegex;
import dev.banyan.nginx.script.Template;
import dev.banyan.nginx.script.VariableScope;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A {@code map}: exact values first, then names with wildcards, then regexes in order, then the
 * default. Immutable.
 */
final class MapTable implements Computation {
  private final Template source;
  private final Map<String, Template> exact;
  private final @Nullable HostnameTree<Template> wildcards;
  private final List<RegexEntry> regexes;
  private final @Nullable Template fallback;
  private final boolean cacheable;

  /** A regex and what it maps to. */
  record RegexEntry(ConfRegex regex, Template value) {}

  MapTable(
      Template source,
      Map<String, Template> exact,
      @Nullable HostnameTree<Template> wildcards,
      List<RegexEntry> regexes,
      @Nullable Template fallback,
      boolean cacheable) {
    this.source = source;
    this.exact = Map.copyOf(exact);
    this.wildcards = wildcards;
    this.regexes = List.copyOf(regexes);
    this.fallback = fallback;
    this.cacheable = cacheable;
  }

  @Override
  public @Nullable String compute(VariableScope scope) {
    String value = source.evaluate(scope);
    String key = value.toLowerCase(Locale.ROOT);
    if (wildcards != null && key.endsWith(".")) {
      key = key.substring(0, key.length() - 1);
    }
    Template found = exact.get(key);
    if (found == null && wildcards != null) {
      found = wildcards.find(key);
    }
    for (int i = 0; found == null && !value.isEmpty() && i < regexes.size(); i++) {
      RegexEntry entry = regexes.get(i);
      found = entry.regex().match(value, scope) ? entry.value() : null;
    }
    Template answer = found == null ? fallback : found;
    return answer == null ? "" : answer.evaluate(scope);
  }

  @Override
  public boolean cacheable() {
    return cacheable;
  }
}

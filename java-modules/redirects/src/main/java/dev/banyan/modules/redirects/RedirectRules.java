package dev.banyan.modules.redirects;

import dev.banyan.api.View;
import dev.banyan.modules.edge.CommonRegex;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Thread-safe: which of a tenant's redirects a path hits. */
final class RedirectRules {
  private static final int DEFAULT_STATUS = 302;

  private final CommonRegex regexes = new CommonRegex();

  /** A redirect that is due. */
  record Hit(String target, int status) {}

  private record Rule(String kind, String from, String to) {
    static Rule of(View view) {
      String kind = view.string("kind");
      return new Rule(kind == null ? "" : kind, required(view, "from"), required(view, "to"));
    }

    static String required(View view, String key) {
      String text = view.string(key);
      if (text == null) {
        throw new IllegalArgumentException("a redirect without from or to");
      }
      return text;
    }

    static int status(View view) {
      double status = view.number("status", DEFAULT_STATUS);
      return allowed(status) ? (int) status : DEFAULT_STATUS;
    }

    private static boolean allowed(double status) {
      return status == 301 || status == 302 || status == 303 || status == 307;
    }

    static boolean regex(@Nullable String kind) {
      return !"exact".equals(kind) && !"prefix".equals(kind);
    }
  }

  /** Exact first, where the last of a path counts; then the longest prefix; then the regexes. */
  @Nullable Hit find(View tenant, String uri) {
    View list = tenant.view("redirects");
    int length = list == null ? 0 : list.length();
    if (list == null || length == 0) {
      return null;
    }
    View exact = null;
    View longest = null;
    int reach = -1;
    boolean patterns = false;
    for (int i = 1; i <= length; i++) {
      if (!(list.at(i) instanceof View rule)) {
        continue;
      }
      String from = Rule.required(rule, "from");
      Rule.required(rule, "to");
      String kind = rule.string("kind");
      patterns |= Rule.regex(kind);
      if ("exact".equals(kind) && from.equals(uri)) {
        exact = rule;
      } else if ("prefix".equals(kind) && uri.startsWith(from) && from.length() > reach) {
        longest = rule;
        reach = from.length();
      }
    }
    if (exact != null) {
      return new Hit(Rule.required(exact, "to"), Rule.status(exact));
    }
    if (longest != null) {
      return new Hit(Rule.required(longest, "to") + uri.substring(reach), Rule.status(longest));
    }
    return patterns ? matching(list, length, uri) : null;
  }

  private @Nullable Hit matching(View list, int length, String uri) {
    for (int i = 1; i <= length; i++) {
      if (list.at(i) instanceof View rule && Rule.regex(rule.string("kind"))) {
        String from = Rule.required(rule, "from");
        String target = regexes.substitute(uri, from, Rule.required(rule, "to"));
        if (target != null) {
          return new Hit(target, Rule.status(rule));
        }
      }
    }
    return null;
  }

  private static @Nullable Rule rule(View list, int position) {
    return list.at(position) instanceof View rule ? Rule.of(rule) : null;
  }

  /** A line for each rule, in the order in which they are tried. */
  static String explain(View tenant) {
    List<Rule> rules = rules(tenant);
    Map<String, String> exact = new TreeMap<>();
    List<String> lines = new ArrayList<>();
    rules.stream().filter(r -> r.kind().equals("exact")).forEach(r -> exact.put(r.from(), r.to()));
    exact.forEach((from, to) -> lines.add("exact " + from + " -> " + to));
    rules.stream()
        .filter(r -> r.kind().equals("prefix"))
        .sorted(Comparator.comparingInt((Rule r) -> -r.from().length()).thenComparing(Rule::from))
        .forEach(r -> lines.add("prefix " + r.from() + " -> " + r.to()));
    rules.stream()
        .filter(rule -> Rule.regex(rule.kind()))
        .forEach(r -> lines.add("regex " + r.from() + " -> " + r.to()));
    return String.join("\n", lines);
  }

  private static List<Rule> rules(View tenant) {
    View list = tenant.view("redirects");
    if (list == null) {
      return List.of();
    }
    List<Rule> rules = new ArrayList<>(list.length());
    for (int i = 1; i <= list.length(); i++) {
      Rule rule = rule(list, i);
      if (rule != null) {
        rules.add(rule);
      }
    }
    return rules;
  }
}

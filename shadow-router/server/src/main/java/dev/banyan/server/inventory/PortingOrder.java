package dev.banyan.server.inventory;

import dev.banyan.lua.LuaOutline.Shape;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Owned by one inventory: puts modules in the order of porting. What a module requires comes before
 * it; among those that may come next, the one with the most value for its risk. What isn't ported
 * on its own is left out: libraries, tables of data, modules that only run when nginx starts.
 */
final class PortingOrder {
  private static final double LINES_A_POINT = 50;
  private static final double FUNCTIONS_A_POINT = 5;

  private final Map<String, LegacyModule> modules = new TreeMap<>();
  private final Map<String, Set<String>> reach = new TreeMap<>();

  private PortingOrder(List<LegacyModule> all) {
    for (LegacyModule module : all) {
      boolean code = module.shape() == Shape.TABLE || module.shape() == Shape.MODULE_CALL;
      if (code && !module.foreign() && module.servesRequests() && !module.isBlocked()) {
        modules.put(module.name(), module);
      }
    }
    modules.keySet().forEach(name -> reach.put(name, reachable(name)));
  }

  static List<PortingStep> of(List<LegacyModule> all) {
    PortingOrder order = new PortingOrder(all);
    List<PortingStep> steps = new ArrayList<>();
    Set<String> done = new HashSet<>();
    while (done.size() < order.modules.size()) {
      Set<String> next = order.next(done);
      steps.add(order.step(next, done));
      done.addAll(next);
    }
    return steps;
  }

  private LegacyModule module(String name) {
    return Objects.requireNonNull(modules.get(name), name);
  }

  private Set<String> requires(String name) {
    Set<String> own = new TreeSet<>(module(name).requires());
    own.retainAll(modules.keySet());
    own.remove(name);
    return own;
  }

  private Set<String> reachable(String from) {
    Set<String> found = new LinkedHashSet<>();
    List<String> waiting = new ArrayList<>(requires(from));
    while (!waiting.isEmpty()) {
      String name = waiting.removeLast();
      if (found.add(name)) {
        waiting.addAll(requires(name));
      }
    }
    return found;
  }

  /** A module and all that require it and are required by it. */
  private Set<String> circle(String name) {
    Set<String> circle = new TreeSet<>(Set.of(name));
    for (String other : reach.getOrDefault(name, Set.of())) {
      if (reach.getOrDefault(other, Set.of()).contains(name)) {
        circle.add(other);
      }
    }
    return circle;
  }

  private Set<String> next(Set<String> done) {
    return modules.keySet().stream()
        .filter(name -> !done.contains(name))
        .map(this::circle)
        .filter(circle -> isReady(circle, done))
        .max(
            Comparator.comparingDouble((Set<String> c) -> value(c) / (1 + risk(c)))
                .thenComparing(c -> c.iterator().next(), Comparator.reverseOrder()))
        .orElseThrow();
  }

  private boolean isReady(Set<String> circle, Set<String> done) {
    return circle.stream()
        .flatMap(name -> requires(name).stream())
        .allMatch(name -> circle.contains(name) || done.contains(name));
  }

  private double value(Set<String> circle) {
    return circle.stream()
        .map(this::module)
        .mapToDouble(module -> module.handlers() + module.requiredBy().size())
        .sum();
  }

  private double risk(Set<String> circle) {
    return circle.stream().map(this::module).mapToDouble(PortingOrder::risk).sum();
  }

  private static double risk(LegacyModule module) {
    Touches touches = module.touches();
    return module.codeLines() / LINES_A_POINT
        + touches.api().size() / FUNCTIONS_A_POINT
        + touches.dicts().size()
        + module.state().size()
        + module.notes().size();
  }

  private PortingStep step(Set<String> names, Set<String> done) {
    List<String> reasons = new ArrayList<>();
    if (names.size() > 1) {
      reasons.add("they require each other, so they go together");
    }
    Set<String> required =
        names.stream()
            .flatMap(name -> requires(name).stream())
            .filter(name -> !names.contains(name))
            .collect(Collectors.toCollection(TreeSet::new));
    required.retainAll(done);
    reasons.add(
        required.isEmpty()
            ? "requires nothing that is to be ported"
            : "after " + String.join(", ", required));
    names.forEach(name -> reasons.addAll(facts(module(name))));
    return new PortingStep(
        List.copyOf(names), value(names), risk(names), String.join("; ", reasons));
  }

  private static List<String> facts(LegacyModule module) {
    List<String> facts = new ArrayList<>();
    facts.add("reached by " + count(module.handlers(), "handler"));
    if (!module.requiredBy().isEmpty()) {
      facts.add("required by " + count(module.requiredBy().size(), "module"));
    }
    facts.add(count(module.codeLines(), "line") + " of code");
    if (!module.state().isEmpty()) {
      facts.add("keeps " + String.join(", ", module.state()));
    }
    if (!module.touches().dicts().isEmpty()) {
      facts.add("shared dict " + String.join(", ", module.touches().dicts()));
    }
    return facts;
  }

  private static String count(int count, String noun) {
    return count + " " + noun + (count == 1 ? "" : "s");
  }
}

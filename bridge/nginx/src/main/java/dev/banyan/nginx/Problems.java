package dev.banyan.nginx;

import dev.banyan.nginx.script.TemplateException;
import dev.banyan.nginx.syntax.ConfException;
import dev.banyan.nginx.syntax.Directive;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Owned by the thread that loads a configuration: collects what is wrong with it, each thing once.
 */
final class Problems {
  private final Map<String, ConfException> found = new LinkedHashMap<>();

  void add(ConfException problem) {
    found.putIfAbsent(String.valueOf(problem.getMessage()), problem);
  }

  void add(Directive directive, String problem) {
    add(directive.error(problem));
  }

  /** What the supplier gives, or the fallback when it reports a problem of this directive. */
  <T> T guard(Directive directive, Supplier<T> supplier, T fallback) {
    T value = guardOrNull(directive, supplier);
    return value == null ? fallback : value;
  }

  /** What the supplier gives, or null when it reports a problem of this directive. */
  <T> @Nullable T guardOrNull(Directive directive, Supplier<? extends @Nullable T> supplier) {
    try {
      return supplier.get();
    } catch (TemplateException e) {
      add(directive, e.problem());
    } catch (ConfException e) {
      add(e);
    }
    return null;
  }

  List<ConfException> all() {
    return new ArrayList<>(found.values());
  }
}

package dev.banyan.nginx;

import dev.banyan.nginx.syntax.ConfException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a check found.
 *
 * @param conf the configuration; null when there are errors
 * @param errors everything that is wrong, each thing once
 * @param notices directives without effect
 */
public record CheckResult(
    @Nullable NginxConf conf, List<ConfException> errors, List<Notice> notices) {
  public CheckResult {
    errors = List.copyOf(errors);
    notices = List.copyOf(notices);
  }

  /** Whether it can be served. */
  public boolean valid() {
    return errors.isEmpty();
  }
}

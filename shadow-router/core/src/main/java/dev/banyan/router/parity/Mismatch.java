package dev.banyan.router.parity;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Immutable, redacted: one call to which the sides answered differently.
 *
 * @param id rises with each mismatch of the process
 * @param request what the call was about: method, URI, selected headers
 * @param control Lua's answer, which the user got
 * @param candidate Java's answer, which nobody got
 */
public record Mismatch(
    long id,
    Instant when,
    String module,
    String function,
    Map<String, @Nullable Object> request,
    List<Difference> differences,
    Map<String, @Nullable Object> control,
    Map<String, @Nullable Object> candidate) {
  /** What mismatches of one cause have in common: function and differing places. */
  public String shape() {
    StringBuilder shape = new StringBuilder(function);
    for (Difference difference : differences) {
      shape.append(' ').append(difference.path());
    }
    return shape.toString();
  }
}

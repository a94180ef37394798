package dev.banyan.router.parity;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Immutable, redacted: one call to which the sides answered differently.
 *
 * @param id rises with each mismatch of the process
 * @param trafficClass the class of traffic that it came from, in words
 * @param request what the call was about: method, URI, selected headers
 * @param shape what it has in common with others of the same cause
 * @param control Lua's answer, which the user got
 * @param candidate Java's answer, which nobody got
 */
public record Mismatch(
    long id,
    Instant when,
    String module,
    String function,
    String trafficClass,
    Map<String, @Nullable Object> request,
    Shape shape,
    List<Difference> differences,
    Map<String, @Nullable Object> control,
    Map<String, @Nullable Object> candidate) {}

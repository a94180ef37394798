package dev.banyan.router.parity;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Immutable: calls that are counted together, because the same rules of the module treat them.
 *
 * @param function the module's function
 * @param traffic where the request came from and went
 * @param decision what the control decided, without its texts: {@code next}, {@code exit 403},
 *     {@code redirect 301}, {@code exec}, {@code error}
 */
public record TrafficClass(String function, Traffic traffic, String decision) {
  /** Where calls are counted once a module has {@link ClassBook#MAX_CLASSES} others. */
  public static final TrafficClass OTHER =
      new TrafficClass("other classes", Traffic.UNKNOWN, "any decision");

  /** What most calls decide. */
  private static final String NEXT = "next";

  private static final Pattern ENDING = Pattern.compile("(\\w+)(?:\\[status=(-?\\d+))?.*");

  /** The class of a call by what its control did; the traffic is clean of secrets. */
  static TrafficClass of(String function, Traffic traffic, Answer control) {
    return of(function, traffic, control.decision(), control.error());
  }

  /** The same, by how the control ended and the error that it raised. */
  static TrafficClass of(
      String function, Traffic traffic, String decision, @Nullable String error) {
    return new TrafficClass(function, traffic, error == null ? decision(decision) : "error");
  }

  /** A decision without its texts. */
  static String decision(String decision) {
    if (decision.equals(NEXT)) {
      return NEXT;
    }
    Matcher ending = ENDING.matcher(decision);
    if (!ending.matches()) {
      return "other";
    }
    String kind = ending.group(1).toLowerCase(Locale.ROOT);
    return ending.group(2) == null ? kind : kind + " " + ending.group(2);
  }

  /** In words: {@code access · free · POST /api/ · exit 403}. */
  public String label() {
    List<String> parts = new ArrayList<>();
    parts.add(function);
    if (!traffic.key().isEmpty()) {
      parts.add(traffic.key());
    }
    String place = (traffic.method() + " " + traffic.route()).strip();
    if (!place.isEmpty()) {
      parts.add(place);
    }
    parts.add(decision);
    if (traffic.status() != 0) {
      parts.add("status " + traffic.status());
    }
    return String.join(" · ", parts);
  }
}

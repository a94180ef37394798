package dev.banyan.nginx;

import java.util.Set;

/**
 * {@code add_before_body} and {@code add_after_body}: pages that frame a response.
 *
 * @param before the page in front, by its location's URI; empty for none
 * @param after the page behind; empty for none
 * @param types the media types of responses that are framed
 */
public record AdditionSettings(String before, String after, Set<String> types) {
  public AdditionSettings {
    types = Set.copyOf(types);
  }

  /** Whether there is a page at all. */
  public boolean any() {
    return !before.isEmpty() || !after.isEmpty();
  }
}

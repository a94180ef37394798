package dev.banyan.nginx;

import java.util.Set;

/**
 * Server-side includes.
 *
 * @param lastModified whether a page keeps its date and its tag
 * @param silentErrors whether a command that fails leaves nothing in the page
 * @param types the media types of pages that are looked through
 * @param valueLength the most octets that a command's parameter may have
 */
public record SsiSettings(
    boolean on, boolean lastModified, boolean silentErrors, Set<String> types, int valueLength) {
  public SsiSettings {
    types = Set.copyOf(types);
  }
}

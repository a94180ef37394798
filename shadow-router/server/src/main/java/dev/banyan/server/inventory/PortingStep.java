package dev.banyan.server.inventory;

import java.util.List;

/**
 * Immutable: what to port next.
 *
 * @param modules one, or those that require each other in a circle
 * @param value how much it brings, from 0
 * @param risk how much there is to get wrong, from 0
 * @param reason why it stands here
 */
public record PortingStep(List<String> modules, double value, double risk, String reason) {
  /** Copies the list. */
  public PortingStep {
    modules = List.copyOf(modules);
  }
}

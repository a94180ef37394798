package dev.banyan.api;

/** Capability: counters of the port, shown with its module; in shadow they are dropped. */
@FunctionalInterface
public interface Metrics {
  /** Adds to a counter; names beyond the bound of the host share one. */
  void count(String name, long by);
}

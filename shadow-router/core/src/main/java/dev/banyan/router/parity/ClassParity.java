package dev.banyan.router.parity;

import java.util.Comparator;

/** Immutable: the verdicts of one class of traffic. */
public record ClassParity(TrafficClass trafficClass, Verdicts verdicts) {
  /**
   * The weakest first: what is proven least, then what differs most. Classes without a compared
   * call come last, as they say nothing.
   */
  public static final Comparator<ClassParity> WEAKEST_FIRST =
      Comparator.comparing((ClassParity c) -> c.verdicts().compared() == 0)
          .thenComparingDouble(c -> c.verdicts().lowerBound())
          .thenComparing(c -> c.verdicts().different(), Comparator.reverseOrder())
          .thenComparing(c -> c.trafficClass().label());
}

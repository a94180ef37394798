package dev.banyan.router.parity;

/** Wilson's score interval: what a share of hits says about the truth behind few samples. */
public final class Wilson {
  /** The normal quantile for 95 % on both sides. */
  private static final double Z = 1.959963984540054;

  private Wilson() {}

  /**
   * The share that the truth is above with 97.5 % confidence; 0 without samples.
   *
   * @param hits how many of {@code samples} hit
   */
  public static double lowerBound(long hits, long samples) {
    if (samples <= 0) {
      return 0;
    }
    double n = samples;
    double p = Math.min(1.0, hits / n);
    double z2 = Z * Z;
    double centre = p + z2 / (2 * n);
    double margin = Z * Math.sqrt(p * (1 - p) / n + z2 / (4 * n * n));
    return Math.max(0, (centre - margin) / (1 + z2 / n));
  }

  /**
   * How many more hits in a row raise the lower bound to {@code target}, which is below 1.
   *
   * @param hits how many of {@code samples} hit
   */
  public static long missing(long hits, long samples, double target) {
    if (lowerBound(hits, samples) >= target) {
      return 0;
    }
    long enough = 1;
    while (lowerBound(hits + enough, samples + enough) < target) {
      enough *= 2;
    }
    long least = enough / 2;
    while (least + 1 < enough) {
      long middle = (least + enough) / 2;
      if (lowerBound(hits + middle, samples + middle) < target) {
        least = middle;
      } else {
        enough = middle;
      }
    }
    return enough;
  }
}

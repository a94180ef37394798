package dev.banyan.it.load.plot;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Immutable: where values lie between two ends of a picture.
 *
 * @param least the value at the first end
 * @param most the value at the other
 * @param from where the first end is, in pixels
 * @param to where the other is
 * @param logarithmic whether each tenfold is as long as the other
 */
record Scale(double least, double most, double from, double to, boolean logarithmic) {
  private static final double[] STEPS = {1, 2, 5};
  private static final int TICKS = 8;
  private static final int THOUSAND = 1000;

  /** From nothing to where the largest value fits in. */
  static Scale linear(double most, double from, double to) {
    double step = step(most);
    return new Scale(0, step * Math.ceil(most / step), from, to, false);
  }

  /** From the 1, 2 or 5 below the least to the one above the largest. */
  static Scale logarithmic(double least, double most, double from, double to) {
    double low = Math.pow(10, Math.floor(Math.log10(least)));
    double first = low;
    for (double step : STEPS) {
      first = low * step <= least ? low * step : first;
    }
    double high = Math.pow(10, Math.ceil(Math.log10(most)));
    double last = high;
    for (double step : STEPS) {
      double below = high / step;
      last = below >= most ? below : last;
    }
    return new Scale(first, Math.max(last, first * 2), from, to, true);
  }

  private static double step(double most) {
    double step = Math.pow(10, Math.floor(Math.log10(most)) - 1);
    while (true) {
      for (double factor : STEPS) {
        if (most / (step * factor) <= TICKS) {
          return step * factor;
        }
      }
      step *= 10;
    }
  }

  /** Where a value is. */
  double at(double value) {
    double share =
        logarithmic
            ? Math.log(value / least) / Math.log(most / least)
            : (value - least) / (most - least);
    return from + share * (to - from);
  }

  /** Values for lines across the picture. */
  List<Double> ticks() {
    List<Double> ticks = new ArrayList<>();
    if (logarithmic) {
      for (double low = Math.pow(10, Math.floor(Math.log10(least))); low <= most; low *= 10) {
        for (double step : STEPS) {
          if (low * step >= least && low * step <= most) {
            ticks.add(low * step);
          }
        }
      }
    } else {
      double step = step(most);
      for (double tick = 0; tick <= most; tick += step) {
        ticks.add(tick);
      }
    }
    return ticks;
  }

  /** A value in words, such as {@code 250}, {@code 0.5} or {@code 12k}. */
  static String label(double value) {
    if (value >= 10 * THOUSAND && value % THOUSAND == 0) {
      return String.format(Locale.ROOT, "%.0fk", value / THOUSAND);
    }
    return value == Math.rint(value)
        ? String.format(Locale.ROOT, "%.0f", value)
        : String.format(Locale.ROOT, "%.1f", value);
  }
}

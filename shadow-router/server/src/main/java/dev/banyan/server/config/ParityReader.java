package dev.banyan.server.config;

import java.math.BigDecimal;
import java.util.List;

/** Owned by the thread that reads: the section {@code parity}. */
final class ParityReader {
  private static final int MAX_KEYS = 4;
  private static final int PERCENT = 100;

  private final YamlSection section;

  ParityReader(YamlSection section) {
    this.section = section;
  }

  ParityConfig read() {
    List<String> keys =
        section.texts("class-key").stream().map(key -> section.variable("class-key", key)).toList();
    if (keys.size() > MAX_KEYS) {
      section.expected("class-key", keys.size() + " variables", "at most " + MAX_KEYS);
    }
    ParityConfig parity = new ParityConfig(keys, target());
    section.finish();
    return parity;
  }

  private double target() {
    String text = section.text("target-percent");
    if (text == null) {
      return ParityConfig.DEFAULT.target();
    }
    try {
      BigDecimal percent = new BigDecimal(text);
      if (percent.signum() > 0 && percent.compareTo(BigDecimal.valueOf(PERCENT)) < 0) {
        return percent.doubleValue() / PERCENT;
      }
    } catch (NumberFormatException e) {
      section.expected("target-percent", text, "a number above 0 and below 100, such as 99.5");
      return ParityConfig.DEFAULT.target();
    }
    section.expected(
        "target-percent", text, "above 0 and below 100: no number of calls proves 100");
    return ParityConfig.DEFAULT.target();
  }
}

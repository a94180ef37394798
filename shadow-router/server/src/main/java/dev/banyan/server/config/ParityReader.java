package dev.banyan.server.config;

import dev.banyan.router.parity.ParityRule;
import dev.banyan.router.parity.Redactor;
import dev.banyan.router.parity.Redactor.Bodies;
import dev.banyan.server.samples.StoreRules;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Owned by the thread that reads: the section {@code parity}. */
final class ParityReader {
  private static final int MAX_KEYS = 4;
  private static final int PERCENT = 100;

  /** Every call of which Lua runs twice costs a thread its time. */
  private static final int MOST_NOISE = 10;

  private static final int LEAST_NAME = 3;
  private static final int MOST_FILES = 100;
  private static final long LEAST_SIZE = 64L * 1024;

  /** For asking about names only; nothing is digested. */
  private static final byte[] NO_KEY = new byte[1];

  private final YamlSection section;

  ParityReader(YamlSection section) {
    this.section = section;
  }

  ParityConfig read() {
    Set<String> names = secretNames();
    List<String> keys =
        section.texts("class-key").stream().map(key -> section.variable("class-key", key)).toList();
    if (keys.size() > MAX_KEYS) {
      section.expected("class-key", keys.size() + " variables", "at most " + MAX_KEYS);
    }
    Redactor redactor = new Redactor(NO_KEY, names, Bodies.HIDDEN);
    for (String key : keys) {
      if (redactor.namesSecret(key)) {
        section.expected("class-key", "$" + key, "a variable that is no secret: it would be shown");
      }
    }
    ParityConfig parity =
        new ParityConfig(
            keys,
            target(),
            names,
            section.truth("keep-bodies", false) ? Bodies.KEPT : Bodies.HIDDEN,
            store(),
            section.truth("reproducers", true),
            section.truth("line-coverage", true),
            share("noise-percent", MOST_NOISE, "Lua runs that share of calls twice"),
            share("path-percent", PERCENT, "that share of requests is run through the ports"),
            pathRules());
    section.finish();
    return parity;
  }

  private Set<String> secretNames() {
    Set<String> names = new TreeSet<>();
    for (String name : section.texts("secret-names")) {
      if (name.length() < LEAST_NAME) {
        section.expected("secret-names", name, "names of " + LEAST_NAME + " characters at least");
      } else {
        names.add(name);
      }
    }
    return names;
  }

  private double share(String key, int most, String why) {
    String range = "0 to " + most;
    return section.share(
        key, 0, most, "a number from " + range + ", such as 0.1", range + ": " + why);
  }

  private List<ParityRule> pathRules() {
    return section.sections("path-rules").stream()
        .map(one -> new ParityRuleReader(one).read())
        .flatMap(Optional::stream)
        .toList();
  }

  private StoreRules store() {
    StoreRules plain = StoreRules.DEFAULT;
    YamlSection store = section.section("store");
    StoreRules rules =
        new StoreRules(
            store.integer("files", plain.files(), 0, MOST_FILES),
            store.size("max-size", plain.maxBytes()),
            store.duration("keep", plain.keep()));
    if (rules.maxBytes() < LEAST_SIZE) {
      store.expected("max-size", String.valueOf(store.text("max-size")), "64k at least");
    }
    store.finish();
    return rules;
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

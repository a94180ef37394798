package dev.banyan.duel.generate;

import dev.banyan.duel.generate.Piece.Extent;
import dev.banyan.duel.generate.Piece.Way;
import dev.banyan.regex.Regex;
import dev.banyan.regex.RegexOption;
import dev.banyan.regex.RegexSyntaxException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;

/**
 * Texts that a regex matches, and texts that it nearly does. Each was tried with the regex itself.
 *
 * @param hits short ones, any, as long as bounds allow, and one for each alternative
 * @param misses hits with one octet taken away, put in or changed
 */
record Samples(List<String> hits, List<String> misses) {
  private static final int TRIES = 20;
  private static final int ALTERNATIVES = 32;
  private static final String NEAR = "x0 .-/'%";

  /** None. */
  static final Samples NONE = new Samples(List.of(), List.of());

  Samples {
    hits = List.copyOf(hits);
    misses = List.copyOf(misses);
  }

  /** Of a pattern; none where it can't be read or no text is found. */
  static Samples of(String pattern, Random random) {
    Piece piece;
    try {
      piece = PieceReader.read(pattern);
    } catch (IllegalArgumentException e) {
      return NONE; // a construct that says too little about the text: back references and the like
    }
    try (Regex regex = Regex.compile(pattern, EnumSet.of(RegexOption.CASELESS))) {
      List<String> hits = new ArrayList<>();
      List<String> misses = new ArrayList<>();
      for (Extent extent : Extent.values()) {
        hit(piece, regex, new Way(random, extent, -1), hits);
      }
      int alternatives = Math.min(piece.alternatives(), ALTERNATIVES);
      for (int i = 0; alternatives > 1 && i < alternatives; i++) {
        hit(piece, regex, new Way(random, Extent.ANY, i), hits);
      }
      for (String hit : hits) {
        miss(hit, regex, random, misses);
      }
      return new Samples(hits, misses);
    } catch (RegexSyntaxException e) {
      return NONE; // a text that only looks like a pattern
    }
  }

  private static void hit(Piece piece, Regex regex, Way way, List<String> hits) {
    for (int i = 0; i < TRIES; i++) {
      StringBuilder text = new StringBuilder();
      piece.write(text, way);
      if (regex.matches(text.toString()) && !hits.contains(text.toString())) {
        hits.add(text.toString());
        return;
      }
    }
  }

  private static void miss(String hit, Regex regex, Random random, List<String> misses) {
    for (int i = 0; i < TRIES * 2 && !hit.isEmpty(); i++) {
      String near = changed(hit, random);
      if (!near.isEmpty() && !regex.matches(near) && !misses.contains(near)) {
        misses.add(near);
        return;
      }
    }
  }

  private static String changed(String hit, Random random) {
    int at = random.nextInt(hit.length());
    char other = NEAR.charAt(random.nextInt(NEAR.length()));
    return switch (random.nextInt(3)) {
      case 0 -> hit.substring(0, at) + hit.substring(at + 1);
      case 1 -> hit.substring(0, at) + other + hit.substring(at);
      default -> hit.substring(0, at) + other + hit.substring(at + 1);
    };
  }
}

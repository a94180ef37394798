package dev.banyan.router.parity;

/**
 * Tells text that looks drawn by chance, as keys and tokens do, from words, paths and names. Wrong
 * guesses hide too much rather than too little.
 */
final class Randomness {
  /** Shorter text is never taken as random: it hides by its name or not at all. */
  static final int LEAST = 16;

  private static final int LEAST_LETTERS = 20;
  private static final int LEAST_DISTINCT = 8;
  private static final double MIXED = 0.25;
  private static final double MIXED_LETTERS = 0.35;
  private static final double FEW_VOWELS = 0.2;
  private static final int MANY_CONSONANTS = 6;
  private static final double LEAST_ENTROPY = 3.0;

  private Randomness() {}

  /** Whether letters and digits (and what is between them) look drawn by chance. */
  static boolean looksRandom(String run) {
    if (run.length() < LEAST || run.chars().distinct().count() < LEAST_DISTINCT) {
      return false;
    }
    if (entropy(run) < LEAST_ENTROPY) {
      return false;
    }
    double changes = changes(run);
    boolean digits = run.chars().anyMatch(Character::isDigit);
    if (changes >= (digits ? MIXED : MIXED_LETTERS)) {
      return true;
    }
    return run.length() >= LEAST_LETTERS && !readable(run);
  }

  /** Bits for each character, as Shannon counts them. */
  private static double entropy(String run) {
    int[] counts = new int[Character.MAX_VALUE >> Byte.SIZE];
    run.chars().forEach(c -> counts[Math.min(c, counts.length - 1)]++);
    double bits = 0;
    for (int count : counts) {
      if (count > 0) {
        double share = (double) count / run.length();
        bits -= share * Math.log(share) / Math.log(2);
      }
    }
    return bits;
  }

  /** How often a letter or digit is followed by one of another kind, from 0 to 1. */
  private static double changes(String run) {
    int pairs = 0;
    int changes = 0;
    for (int i = 1; i < run.length(); i++) {
      char before = run.charAt(i - 1);
      char now = run.charAt(i);
      if (Character.isLetterOrDigit(before) && Character.isLetterOrDigit(now)) {
        pairs++;
        changes += kind(before) == kind(now) ? 0 : 1;
      }
    }
    return pairs == 0 ? 0 : (double) changes / pairs;
  }

  private static int kind(char c) {
    return Character.isDigit(c) ? 0 : Character.isUpperCase(c) ? 1 : 2;
  }

  /** Words have vowels, and few consonants in a row. */
  private static boolean readable(String run) {
    int letters = 0;
    int vowels = 0;
    int consonants = 0;
    for (int i = 0; i < run.length(); i++) {
      char c = Character.toLowerCase(run.charAt(i));
      if ("aeiouy".indexOf(c) >= 0) {
        vowels++;
        letters++;
        consonants = 0;
      } else if (Character.isLetter(c)) {
        letters++;
        consonants++;
        if (consonants >= MANY_CONSONANTS) {
          return false;
        }
      } else {
        consonants = 0;
      }
    }
    return letters < LEAST || vowels >= letters * FEW_VOWELS;
  }
}

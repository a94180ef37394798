package dev.banyan.duel.fuzz;

import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Owned by whose random source it has: small changes to texts of octets. */
final class Texts {
  private static final String BYTES = "\"'<>;:%&=?/\\.,-_ +~|`$(){}[]*#@!^aZ09\u0000\t\u0080\u00ff";
  private static final Pattern NUMBER = Pattern.compile("\\d{1,9}");
  private static final int[] STEPS = {1, -1, 10, -10, 255};

  private final Random random;
  private final Words words;

  Texts(Random random, Words words) {
    this.random = random;
    this.words = words;
  }

  /** A text with one small change. */
  String changed(String text) {
    int at = random.nextInt(text.length() + 1);
    int end = Math.min(text.length(), at + 1 + random.nextInt(8));
    String start = text.substring(0, at);
    String rest = text.substring(at);
    return switch (random.nextInt(9)) {
      case 0 -> start + octet() + rest;
      case 1 -> start + text.substring(end);
      case 2 -> start + text.substring(at, end) + rest;
      case 3 -> start + octet() + (rest.isEmpty() ? "" : rest.substring(1));
      case 4 -> start + swapped(text.substring(at, end)) + text.substring(end);
      case 5 -> start + encoded(text.substring(at, end)) + text.substring(end);
      case 6 -> counted(text);
      case 7 -> words.word();
      default -> start + words.word() + rest;
    };
  }

  private char octet() {
    return BYTES.charAt(random.nextInt(BYTES.length()));
  }

  /** With another number in the place of one. */
  private String counted(String text) {
    Matcher number = NUMBER.matcher(text);
    if (!number.find(random.nextInt(text.length() + 1)) && !number.find(0)) {
      return text + random.nextInt(10);
    }
    long changed = Long.parseLong(number.group()) + STEPS[random.nextInt(STEPS.length)];
    return text.substring(0, number.start()) + changed + text.substring(number.end());
  }

  private static String swapped(String text) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      out.append(
          Character.isUpperCase(c)
              ? Character.toLowerCase(c)
              : c < 0x7f ? Character.toUpperCase(c) : c);
    }
    return out.toString();
  }

  private static String encoded(String text) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      out.append(String.format("%%%02x", (int) text.charAt(i)));
    }
    return out.toString();
  }

  /** As a target has it: chars that a request line can't hold would make another one of it. */
  static String target(String text) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      out.append(c > ' ' && c < 0x7f ? String.valueOf(c) : String.format("%%%02x", (int) c));
    }
    return out.toString().startsWith("/") ? out.toString() : "/" + out;
  }

  /** As a field has it. */
  static String value(String text) {
    return text.replaceAll("[\\r\\n\\x00]", "").strip();
  }
}

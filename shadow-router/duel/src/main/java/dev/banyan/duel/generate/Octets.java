package dev.banyan.duel.generate;

/** Texts as they must stand on the wire. */
final class Octets {
  private static final String PATH =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~/!$&'()*,;=:@%+";
  private static final String QUERY =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~/!$'()*,;:@?";

  private Octets() {}

  /** A text as a path; per cent signs stay, since patterns for paths name them. */
  static String path(String text) {
    String path = encoded(text, PATH);
    return path.startsWith("/") ? path : "/" + path;
  }

  /** A text as the value of an argument. */
  static String argument(String text) {
    return encoded(text, QUERY).replace("%20", "+");
  }

  private static String encoded(String text, String plain) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (plain.indexOf(c) >= 0) {
        out.append(c);
      } else {
        out.append(String.format("%%%02X", (int) c & 0xff));
      }
    }
    return out.toString();
  }

  /** A text as the value of a field: without what would end it. */
  static String field(String text) {
    return text.replaceAll("[\\r\\n\\x00]", " ").strip();
  }
}

package dev.banyan.gateway;

import java.util.regex.Pattern;

/** Reads an Accept-Encoding field as nginx does: only gzip by its name counts. */
final class AcceptedEncoding {
  private static final String GZIP = "gzip";
  private static final Pattern QUALITY = Pattern.compile("1(\\.0{0,3})?|0\\.(?!0*$)[0-9]{1,3}");

  private AcceptedEncoding() {}

  /** Whether the client takes gzip; a quality that is none refuses it. */
  static boolean gzip(String field) {
    int at = end(field);
    if (at < 0) {
      return false;
    }
    at = Octets.afterSpaces(field, at);
    if (at == field.length() || field.charAt(at) == ',') {
      return true;
    }
    if (field.charAt(at) != ';') {
      return false;
    }
    at = Octets.afterSpaces(field, at + 1);
    return at == field.length()
        || (field.regionMatches(true, at, "q=", 0, 2) && positive(field, at + 2));
  }

  /** Where the coding's name ends, -1 when it isn't there. */
  private static int end(String field) {
    for (int at = 0; at + GZIP.length() <= field.length(); at++) {
      boolean starts = at == 0 || field.charAt(at - 1) == ',' || field.charAt(at - 1) == ' ';
      if (starts && field.regionMatches(true, at, GZIP, 0, GZIP.length())) {
        return at + GZIP.length();
      }
    }
    return -1;
  }

  /** Whether a quality starts here that is over 0 and at most 1, with three decimals at most. */
  private static boolean positive(String field, int from) {
    int end = from;
    while (end < field.length() && field.charAt(end) != ',' && field.charAt(end) != ' ') {
      end++;
    }
    return QUALITY.matcher(field.substring(from, end)).matches();
  }
}

package dev.banyan.modules.edge;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** IPv4 addresses as numbers, as {@code util.ipv4} reads them. */
public final class Ipv4 {
  /** Not four numbers with dots. */
  public static final long MALFORMED = -1;

  /** Four numbers, one of them above 255. */
  public static final long OUT_OF_RANGE = -2;

  private static final int LARGEST_OCTET = 255;
  private static final Pattern FORM =
      Pattern.compile("^(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})$", Pattern.UNIX_LINES);

  private Ipv4() {}

  /** The address as an unsigned number; negative when it is none. */
  public static long number(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.find()) {
      return MALFORMED;
    }
    long number = 0;
    for (int i = 1; i <= 4; i++) {
      int octet = Integer.parseInt(matcher.group(i));
      if (octet > LARGEST_OCTET) {
        return OUT_OF_RANGE;
      }
      number = number * 256 + octet;
    }
    return number;
  }
}

package dev.banyan.nginx.script;

/** The escaping that rewriting applies to captures, and what a redirect's address loses of it. */
final class RewriteEscapes {
  private static final String HEX = "0123456789ABCDEF";
  private static final String ESCAPED_IN_ARGS = "\"#%&+;<>?\\^`{|}";

  private RewriteEscapes() {}

  /** Percent-escapes what an argument can't hold as it is. */
  static String args(String text) {
    StringBuilder out = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c <= ' ' || c >= 0x7f || ESCAPED_IN_ARGS.indexOf(c) >= 0) {
        out.append('%').append(HEX.charAt(c >> 4 & 15)).append(HEX.charAt(c & 15));
      } else {
        out.append(c);
      }
    }
    return out.toString();
  }

  /** A text's value, in which captures are escaped if so told and the URI as sent was. */
  static String value(Template template, RewriteHost host, boolean quoted) {
    if (!quoted || template.isConstant() || !host.escapedUri()) {
      return template.evaluate(host);
    }
    StringBuilder out = new StringBuilder();
    for (Template.Part part : template.parts()) {
      String value = Template.value(part, host);
      if (value != null) {
        out.append(part instanceof Template.Part.Capture ? args(value) : value);
      }
    }
    return out.toString();
  }

  /** Decodes escapes of printable characters up to the first question mark, escaped or not. */
  static String redirect(String address) {
    StringBuilder out = new StringBuilder(address.length());
    int at = 0;
    while (at < address.length() && address.charAt(at) != '?') {
      int value = address.charAt(at) == '%' ? escaped(address, at) : -1;
      boolean decoded = value > '%' && value < 0x7f;
      out.append(decoded ? (char) value : address.charAt(at));
      at += decoded ? 3 : 1;
      if (value == '?') {
        break;
      }
    }
    return out.append(address, at, address.length()).toString();
  }

  private static int escaped(String text, int percent) {
    if (percent + 2 >= text.length()) {
      return -1;
    }
    int high = Character.digit(text.charAt(percent + 1), 16);
    int low = Character.digit(text.charAt(percent + 2), 16);
    return high < 0 || low < 0 ? -1 : high * 16 + low;
  }
}

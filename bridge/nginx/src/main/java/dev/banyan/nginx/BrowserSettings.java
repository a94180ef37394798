package dev.banyan.nginx;

import java.util.List;

/**
 * How browsers are told apart by their age, by the rules of ngx_http_browser_module.
 *
 * @param modern the browsers that count as modern from a version on; empty where none is named
 * @param ancient texts in the names of ancient ones
 * @param unlisted whether a browser that is not named is modern
 * @param netscape4 whether {@code Mozilla/1} to {@code Mozilla/4} are ancient
 * @param modernValue {@code $modern_browser} of a modern one
 * @param ancientValue {@code $ancient_browser} of an ancient one
 */
public record BrowserSettings(
    List<Modern> modern,
    List<String> ancient,
    boolean unlisted,
    boolean netscape4,
    String modernValue,
    String ancientValue) {
  public BrowserSettings {
    modern = List.copyOf(modern);
    ancient = List.copyOf(ancient);
  }

  /** A browser that is modern from a version on, in millionths of its first number. */
  public record Modern(Kind kind, long version) {}

  /** The browsers that are known, in the order in which they are looked for. */
  public enum Kind {
    /** The first, as it may name itself MSIE as well. */
    OPERA("Opera", "Opera ", ""),
    MSIE("MSIE ", "MSIE ", "Mozilla/4.0 (compatible; "),
    GECKO("rv:", "rv:", "Mozilla/5.0 ("),
    SAFARI("Safari/", "Safari/", "Mozilla/5.0 ("),
    KONQUEROR("Konqueror/", "Konqueror/", "Mozilla/5.0 (compatible; ");

    private final String sign;
    private final int toVersion;
    private final int from;

    Kind(String sign, String beforeVersion, String before) {
      this.sign = sign;
      this.toVersion = beforeVersion.length();
      this.from = before.length();
    }

    /** Where in the name of a browser its version stands; -1 when it is another browser. */
    public int versionIn(String agent) {
      int found = from >= agent.length() ? -1 : agent.indexOf(sign, from);
      return found < 0 || found + toVersion >= agent.length() ? -1 : found + toVersion;
    }
  }
}

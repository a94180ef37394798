package dev.banyan.gateway;

/** What nginx reads in a {@code User-Agent} field. */
final class UserAgents {
  private UserAgents() {}

  /** Internet Explorer, whose version has more than one character. */
  static boolean explorer(String agent) {
    int at = agent.indexOf("MSIE ");
    return at >= 0 && at + 7 < agent.length() && !agent.contains("Opera");
  }

  /** Internet Explorer 4 to 6, but for 6.0 with the second service pack of Windows XP. */
  static boolean oldExplorer(String agent) {
    int at = agent.indexOf("MSIE ");
    if (at < 0
        || at + 6 >= agent.length()
        || agent.charAt(at + 6) != '.'
        || agent.contains("Opera")) {
      return false;
    }
    char version = agent.charAt(at + 5);
    return version == '4' || version == '5' || (version == '6' && !agent.contains("SV1"));
  }

  /** Safari of macOS, which nginx tells from Chrome by its name. */
  static boolean safari(String agent) {
    return agent.contains("Safari/")
        && agent.contains("Mac OS X")
        && !agent.contains("Opera")
        && !agent.contains("Chrome/");
  }
}

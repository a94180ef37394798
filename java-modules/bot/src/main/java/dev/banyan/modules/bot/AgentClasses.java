package dev.banyan.modules.bot;

import dev.banyan.modules.edge.TextFinder;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Thread-safe: the sorts of user agents, the first that matches decides.
 *
 * <p>One pass finds the names of all sorts; a beginning that the legacy's pattern demands as well
 * is looked at where a name was there.
 */
final class AgentClasses {
  private static final int FLAGS = Pattern.CASE_INSENSITIVE | Pattern.UNIX_LINES;

  private static final Pattern TOOL =
      Pattern.compile(
          "(?:curl|wget|python-requests|go-http-client|java|okhttp|libwww-perl)/", FLAGS);

  private static final Pattern BROWSER =
      Pattern.compile("mozilla/\\d\\.\\d .*(?:chrome|firefox|safari|edge|trident|opera)", FLAGS);

  private static final String MOZILLA = "mozilla/";

  private static final List<AgentClass> ALL =
      List.of(
          new AgentClass(
              "bad",
              _ -> true,
              "sqlmap nikto masscan zgrab nmap dirbuster gobuster acunetix nessus w3af havij"),
          new AgentClass(
              "bad", _ -> true, "semrushbot ahrefsbot mj12bot dotbotbot blexbotbot petalbotbot"),
          new AgentClass(
              "good", _ -> true, "googlebot bingbot yandexbot duckduckbot applebot baiduspider"),
          new AgentClass("good", _ -> true, "uptimerobot pingdom statuscake"),
          new AgentClass(
              "tool",
              agent -> TOOL.matcher(agent).lookingAt(),
              "curl/ wget/ python-requests/ go-http-client/ java/ okhttp/ libwww-perl/"),
          new AgentClass(
              "browser", AgentClasses::browser, "chrome firefox safari edge trident opera"));

  private final TextFinder names = new TextFinder(ALL.stream().map(AgentClass::names).toList());

  /**
   * A sort of user agents.
   *
   * @param begins whether a text that contains one of the names begins as it must besides
   * @param names of which the text must contain one
   */
  private record AgentClass(String name, Predicate<String> begins, Set<String> names) {
    AgentClass(String name, Predicate<String> begins, String names) {
      this(name, begins, Set.of(names.split(" ")));
    }
  }

  /**
   * The legacy's pattern on a text that contains a browser's name: that stands behind the beginning
   * in any case, for no name has a letter in common with its end, and nothing but the end of a line
   * can lie between.
   */
  private static boolean browser(String agent) {
    if (agent.indexOf('\n') >= 0) {
      return BROWSER.matcher(agent).lookingAt();
    }
    int at = MOZILLA.length();
    return agent.length() > at + 3
        && agent.regionMatches(true, 0, MOZILLA, 0, at)
        && isDigit(agent.charAt(at))
        && agent.charAt(at + 1) == '.'
        && isDigit(agent.charAt(at + 2))
        && agent.charAt(at + 3) == ' ';
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  /** The sort of a user agent's text, whose chars are octets. */
  String of(String agent) {
    long[] seen = names.scan(agent);
    if (seen != null) {
      for (int i = 0; i < ALL.size(); i++) {
        if ((seen[0] & (1L << i)) != 0 && ALL.get(i).begins().test(agent)) {
          return ALL.get(i).name();
        }
      }
    }
    return "unknown";
  }
}

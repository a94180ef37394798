package dev.banyan.modules.bot;

import dev.banyan.modules.edge.TextFinder;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Thread-safe: the sorts of user agents, the first that matches decides.
 *
 * <p>One pass finds the names of all sorts; a beginning that the legacy's pattern demands as well
 * is tried where a name was there.
 */
final class AgentClasses {
  private static final int FLAGS = Pattern.CASE_INSENSITIVE | Pattern.UNIX_LINES;

  private static final List<AgentClass> ALL =
      List.of(
          new AgentClass(
              "bad",
              null,
              "sqlmap nikto masscan zgrab nmap dirbuster gobuster acunetix nessus w3af havij"),
          new AgentClass(
              "bad", null, "semrushbot ahrefsbot mj12bot dotbotbot blexbotbot petalbotbot"),
          new AgentClass(
              "good", null, "googlebot bingbot yandexbot duckduckbot applebot baiduspider"),
          new AgentClass("good", null, "uptimerobot pingdom statuscake"),
          new AgentClass(
              "tool",
              Pattern.compile(
                  "(?:curl|wget|python-requests|go-http-client|java|okhttp|libwww-perl)/", FLAGS),
              "curl/ wget/ python-requests/ go-http-client/ java/ okhttp/ libwww-perl/"),
          new AgentClass(
              "browser",
              Pattern.compile(
                  "mozilla/\\d\\.\\d .*(?:chrome|firefox|safari|edge|trident|opera)", FLAGS),
              "chrome firefox safari edge trident opera"));

  private final TextFinder names = new TextFinder(ALL.stream().map(AgentClass::names).toList());

  /**
   * A sort of user agents.
   *
   * @param beginning what the text must begin with besides, null for nothing
   * @param names of which the text must contain one
   */
  private record AgentClass(String name, @Nullable Pattern beginning, Set<String> names) {
    AgentClass(String name, @Nullable Pattern beginning, String names) {
      this(name, beginning, Set.of(names.split(" ")));
    }

    boolean matches(String agent) {
      return beginning == null || beginning.matcher(agent).lookingAt();
    }
  }

  /** The sort of a user agent's text, whose chars are octets. */
  String of(String agent) {
    long[] seen = new long[names.words()];
    if (names.scan(agent, seen)) {
      for (int i = 0; i < ALL.size(); i++) {
        if ((seen[0] & (1L << i)) != 0 && ALL.get(i).matches(agent)) {
          return ALL.get(i).name();
        }
      }
    }
    return "unknown";
  }
}

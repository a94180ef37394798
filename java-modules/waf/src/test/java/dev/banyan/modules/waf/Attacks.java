package dev.banyan.modules.waf;

import dev.banyan.testkit.Draw;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Texts around what the rules look for: their own required texts, cut, joined and padded. */
final class Attacks {
  private static final List<String> GLUE =
      List.of(
          "", "", " ", "\t", "\n", "\r", "+", "%20", "=", "(", ")", "{", "}", "<", ";", "'", "\"",
          "/", "\\", ":", ".", "0", "12", "x", "_", "-", "|", "`", "$", "&", "é", "\0");

  private static final List<String> REQUIRED = required();

  private static final List<String> WHOLE =
      List.of(
          "1 UNION ALL\tSELECT password",
          "select * from users",
          "' or '1'='1",
          "\" AND 1 =",
          "drop   table x",
          "pg_sleep (5)",
          "a-- ",
          "into outfile",
          "CHR(65)",
          "; delete",
          "<ScRiPt >",
          "onerror = x",
          "javascript\n:",
          "document . Cookie",
          "data: text/html",
          "> /dev/tcp",
          "&#x41;",
          "%3c svg",
          "../../",
          "..\\..\\",
          "/etc/passwd",
          "%2e%2e%5c",
          "/.git/",
          "http://10.0.0.1",
          "| cat",
          "$(id)",
          "`ls`",
          "/bin/zsh",
          "() { :; };",
          "${jndi:",
          "{{7*7}}",
          "<?PHP ",
          "__proto__",
          "<!DOCTYPE a SYSTEM",
          "O:8:\"a",
          "rO0ABx",
          "\u00ac\u00ed\0\u0005",
          "\r\nset-cookie:",
          "/wp-admin/",
          "éééé",
          "x".repeat(2_048),
          "y".repeat(4_096),
          "multipart/form-data; boundary=" + "z".repeat(100),
          ";jsessionid=" + "0".repeat(100));

  private Attacks() {}

  private static List<String> required() {
    List<String> texts = new ArrayList<>();
    WafRules.ALL.forEach(rule -> {
      for (Set<String> set : PatternReader.read(rule.pattern().pattern()).all()) {
        texts.addAll(set.stream().sorted().toList());
      }
    });
    return List.copyOf(texts);
  }

  /** A text that is an attack, nearly one, or harmless. */
  static String draw(Draw draw) {
    StringBuilder text = new StringBuilder();
    for (int i = draw.number(0, 6); i > 0; i--) {
      text.append(piece(draw)).append(draw.one(GLUE));
    }
    return text.toString();
  }

  private static String piece(Draw draw) {
    String piece =
        switch (draw.number(0, 5)) {
          case 0 -> draw.octets(20);
          case 1 -> draw.one(WHOLE);
          case 2 -> draw.chars(0, 12, "abcdefghijklmnopqrstuvwxyz   ");
          default -> draw.one(REQUIRED);
        };
    return switch (draw.number(0, 7)) {
      case 0 -> piece.toUpperCase(Locale.ROOT).replace("É", "é");
      case 1 -> piece.isEmpty() ? piece : piece.substring(draw.number(0, piece.length() - 1));
      default -> piece;
    };
  }
}

package dev.banyan.nginx;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A case of {@code verdicts.txt}: a heading that says where the text stands, the text, then after
 * {@code >} nginx's verdict and, where ours differs on purpose, after {@code !} our own.
 *
 * @param place {@code main}, {@code http} or {@code server}
 * @param text the directives; a second file starts with {@code #file NAME}
 * @param verdict nginx's
 * @param own ours; empty when it is nginx's
 */
record BrokenConf(String place, String text, String verdict, String own) {
  private static final String HEADING = "=== ";
  private static final String SECOND_FILE = "#file ";

  static List<BrokenConf> parse(String file) {
    List<BrokenConf> cases = new ArrayList<>();
    for (String part : file.split("(?m)^" + HEADING)) {
      if (!part.isBlank() && !part.startsWith("#")) {
        cases.add(one(part));
      }
    }
    return cases;
  }

  private static BrokenConf one(String part) {
    StringBuilder text = new StringBuilder();
    String verdict = "";
    String own = "";
    List<String> lines = part.lines().toList();
    for (String line : lines.subList(1, lines.size())) {
      if (line.startsWith("> ")) {
        verdict = line.substring(2);
      } else if (line.startsWith("! ")) {
        own = line.substring(2);
      } else {
        text.append(text.isEmpty() ? "" : "\n").append(line);
      }
    }
    return new BrokenConf(lines.getFirst(), text.toString(), verdict, own);
  }

  static String format(List<BrokenConf> cases) {
    StringBuilder out =
        new StringBuilder(
            """
            # Broken configurations: what nginx 1.22.1 with ngx_lua says of each (>) and, where Banyan
            # says something else on purpose, its own words (!). -Dgolden.update asks nginx again.
            """);
    for (BrokenConf broken : cases) {
      out.append(HEADING).append(broken.place).append('\n').append(broken.text);
      out.append("\n> ").append(broken.verdict).append('\n');
      if (!broken.own.isEmpty()) {
        out.append("! ").append(broken.own).append('\n');
      }
    }
    return out.toString();
  }

  BrokenConf recorded(String other) {
    return new BrokenConf(place, text, other, own);
  }

  /** What we have to say: nginx's words, to which a position may be added where it gives none. */
  String expected(String said) {
    String wanted = own.isEmpty() ? verdict : own;
    boolean positionAdded =
        !wanted.contains(".conf:") && said.startsWith(wanted + " in nginx.conf:");
    return positionAdded ? said : wanted;
  }

  /** Writes the files; the main one. */
  Path write(Path folder) throws IOException {
    Path conf = folder.resolve("nginx.conf");
    String main = text;
    int second = text.indexOf(SECOND_FILE);
    if (second >= 0) {
      main = text.substring(0, second);
      int end = text.indexOf('\n', second);
      String name = text.substring(second + SECOND_FILE.length(), end);
      Files.writeString(folder.resolve(name), text.substring(end + 1), ISO_8859_1);
    }
    Files.writeString(conf, around(main), ISO_8859_1);
    return conf;
  }

  private String around(String main) {
    return switch (place) {
      case "main" -> main;
      case "http" -> "events {}\nhttp {\n" + main + "\n}\n";
      case "server" ->
          "events {}\nhttp {\n  server {\n    listen 8999;\n    " + main + "\n  }\n}\n";
      default -> throw new IllegalArgumentException("no place is called " + place);
    };
  }
}

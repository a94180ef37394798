package dev.banyan.nginx;

import dev.banyan.nginx.script.Template;
import dev.banyan.nginx.syntax.ConfException;
import dev.banyan.nginx.syntax.Directive;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Owned by the thread that loads a configuration: reads {@code charset_map}, then checks what
 * {@code charset} and {@code source_charset} ask of them.
 */
final class CharsetReader {
  private static final String UTF8 = "utf-8";
  private static final String OFF = "off";

  /** How a charset is first written, by its name in lower case: it is written so everywhere. */
  private final Map<String, String> spellings = new HashMap<>();

  private final Map<Charsets.Way, CharsetTable> tables = new HashMap<>();

  CharsetReader(Scope http) {
    for (Directive map : http.own("charset_map")) {
      Charsets.Way way = Charsets.Way.of(map.arg(0), map.arg(1));
      spellings.putIfAbsent(way.from(), map.arg(0));
      spellings.putIfAbsent(way.to(), map.arg(1));
      if (way.from().equals(way.to())) {
        http.problem(map, wording("\"charset_map\" between the same charsets", map));
      } else if (tables.containsKey(way)) {
        http.problem(map, wording("duplicate \"charset_map\" between", map));
      } else if (way.to().equals(UTF8)) {
        readUtf8(http, map, way);
      } else {
        readOctets(http, map, way);
      }
    }
  }

  private static String wording(String what, Directive map) {
    return what + " \"" + map.arg(0) + "\" and \"" + map.arg(1) + '"';
  }

  private void readOctets(Scope http, Directive map, Charsets.Way way) {
    CharsetTable.Octets there = new CharsetTable.Octets();
    CharsetTable.Octets back = new CharsetTable.Octets();
    tables.put(way, there);
    tables.put(way.back(), back);
    each(
        http,
        map,
        (entry, from) -> {
          int to = octet(entry, entry.arg(0));
          there.put(from, to);
          back.put(to, from);
        });
  }

  private void readUtf8(Scope http, Directive map, Charsets.Way way) {
    CharsetTable.ToUtf8 there = new CharsetTable.ToUtf8();
    CharsetTable.FromUtf8 back = new CharsetTable.FromUtf8();
    tables.put(way, there);
    tables.put(way.back(), back);
    each(
        http,
        map,
        (entry, from) -> {
          byte[] octets = octets(entry, entry.arg(0));
          there.put(from, octets);
          back.put(codePoint(entry, octets), from);
        });
  }

  /** Takes a line of a map, and the octet that it begins with. */
  @FunctionalInterface
  private interface Line {
    void take(Directive entry, int from);
  }

  /** Reads the lines of a map, one after a wrong one, too. */
  private static void each(Scope http, Directive map, Line line) {
    for (Directive entry : map.children()) {
      http.compiler()
          .problems()
          .guard(
              entry,
              () -> {
                line.take(entry, octet(entry, only(entry, entry.name())));
                return true;
              },
              false);
    }
  }

  private static String only(Directive entry, String code) {
    if (entry.args().size() != 1) {
      throw entry.error("invalid parameters number");
    }
    return code;
  }

  private static int octet(Directive entry, String digits) {
    try {
      int octet = Integer.parseInt(digits, 16);
      if (octet >= 0 && octet <= 0xff && digits.charAt(0) != '+') {
        return octet;
      }
    } catch (NumberFormatException e) {
      throw invalid(entry, digits);
    }
    throw invalid(entry, digits);
  }

  private static byte[] octets(Directive entry, String digits) {
    try {
      return HexFormat.of().parseHex(digits);
    } catch (IllegalArgumentException e) {
      throw invalid(entry, digits);
    }
  }

  /** The one character, of two or three octets, that an entry names. */
  private static int codePoint(Directive entry, byte[] octets) {
    String text = new String(octets, StandardCharsets.UTF_8);
    if (octets.length < 2
        || octets.length > 3
        || text.length() != 1
        || text.charAt(0) == '\uFFFD') {
      throw invalid(entry, entry.arg(0));
    }
    return text.charAt(0);
  }

  private static ConfException invalid(Directive entry, String value) {
    return entry.error("invalid value \"" + value + "\"");
  }

  /** What the nearest {@code charset} or {@code source_charset} says; null for nothing. */
  @Nullable Template read(Scope scope, String directive) {
    Directive found = scope.one(directive);
    if (found == null) {
      return null;
    }
    Template name = scope.compiler().template(found, found.arg(0));
    if (!name.isConstant() || name.source().equals(OFF)) {
      return name;
    }
    String key = name.source().toLowerCase(Locale.ROOT);
    spellings.putIfAbsent(key, name.source());
    return Template.literal(spellings.getOrDefault(key, key));
  }

  /** Checks that a map leads where a block wants to get. */
  void check(Scope scope, @Nullable Template to, @Nullable Template from) {
    Directive charset = scope.one("charset");
    if (charset == null
        || to == null
        || from == null
        || !to.isConstant()
        || !from.isConstant()
        || to.source().equals(OFF)
        || from.source().equalsIgnoreCase(to.source())
        || tables.containsKey(Charsets.Way.of(from.source(), to.source()))) {
      return;
    }
    scope.problem(
        charset,
        "no \"charset_map\" between the charsets \""
            + from.source()
            + "\" and \""
            + to.source()
            + '"');
  }

  /** All that was read. */
  Charsets charsets() {
    return new Charsets(spellings.keySet(), tables);
  }
}

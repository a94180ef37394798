package dev.banyan.transport;

import io.netty.handler.ssl.CipherSuiteConverter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Cipher suites and groups by OpenSSL's names, and its texts that select suites. */
public final class CipherSuites {
  /** Number and name, in OpenSSL's order of preference; those up to TLS 1.2 can be selected. */
  private static final String TABLE =
      """
      1302 TLS_AES_256_GCM_SHA384
      1303 TLS_CHACHA20_POLY1305_SHA256
      1301 TLS_AES_128_GCM_SHA256
      c02c ECDHE-ECDSA-AES256-GCM-SHA384
      c030 ECDHE-RSA-AES256-GCM-SHA384
      009f DHE-RSA-AES256-GCM-SHA384
      cca9 ECDHE-ECDSA-CHACHA20-POLY1305
      cca8 ECDHE-RSA-CHACHA20-POLY1305
      ccaa DHE-RSA-CHACHA20-POLY1305
      c02b ECDHE-ECDSA-AES128-GCM-SHA256
      c02f ECDHE-RSA-AES128-GCM-SHA256
      009e DHE-RSA-AES128-GCM-SHA256
      c024 ECDHE-ECDSA-AES256-SHA384
      c028 ECDHE-RSA-AES256-SHA384
      006b DHE-RSA-AES256-SHA256
      c023 ECDHE-ECDSA-AES128-SHA256
      c027 ECDHE-RSA-AES128-SHA256
      0067 DHE-RSA-AES128-SHA256
      c00a ECDHE-ECDSA-AES256-SHA
      c014 ECDHE-RSA-AES256-SHA
      0039 DHE-RSA-AES256-SHA
      c009 ECDHE-ECDSA-AES128-SHA
      c013 ECDHE-RSA-AES128-SHA
      0033 DHE-RSA-AES128-SHA
      009d AES256-GCM-SHA384
      009c AES128-GCM-SHA256
      003d AES256-SHA256
      003c AES128-SHA256
      0035 AES256-SHA
      002f AES128-SHA
      00ff TLS_EMPTY_RENEGOTIATION_INFO_SCSV
      """;

  private static final Map<Integer, String> NAMES = new HashMap<>();
  private static final List<String> NEWEST = new ArrayList<>();
  private static final List<Suite> SELECTABLE = new ArrayList<>();

  private static final Map<Integer, String> GROUPS =
      Map.ofEntries(
          Map.entry(23, "prime256v1"),
          Map.entry(24, "secp384r1"),
          Map.entry(25, "secp521r1"),
          Map.entry(29, "X25519"),
          Map.entry(30, "X448"),
          Map.entry(256, "ffdhe2048"),
          Map.entry(257, "ffdhe3072"),
          Map.entry(258, "ffdhe4096"),
          Map.entry(259, "ffdhe6144"),
          Map.entry(260, "ffdhe8192"));

  static {
    for (String line : TABLE.lines().toList()) {
      String name = line.substring(5);
      int number = Integer.parseInt(line.substring(0, 4), 16);
      NAMES.put(number, name);
      if (number >> 8 == 0x13) {
        NEWEST.add(name);
      } else if (!name.startsWith("TLS_")) {
        SELECTABLE.add(new Suite(name));
      }
    }
  }

  private CipherSuites() {}

  /** A suite up to TLS 1.2, whose name says what it is made of. */
  private record Suite(String name) {
    private boolean is(String keyword) {
      boolean modern = name.contains("GCM") || name.contains("POLY1305");
      return switch (keyword) {
        case "ALL", "HIGH", "DEFAULT" -> true;
        case "kECDHE", "kEECDH", "ECDHE", "EECDH", "ECDH" -> name.startsWith("ECDHE-");
        case "kDHE", "kEDH", "DHE", "EDH", "DH" -> name.startsWith("DHE-");
        case "kRSA", "RSA" -> !name.contains("DHE-");
        case "aRSA" -> !name.contains("ECDSA");
        case "aECDSA", "ECDSA" -> name.contains("ECDSA");
        case "AES" -> name.contains("AES");
        case "AES128", "AES256", "CHACHA20" -> name.contains(keyword);
        case "AESGCM" -> name.contains("GCM");
        case "SHA1", "SHA" -> name.endsWith("-SHA");
        case "SHA256", "SHA384" -> !modern && name.endsWith(keyword);
        case "TLSv1.2" -> !name.endsWith("-SHA");
        case "TLSv1", "TLSv1.0" -> name.endsWith("-SHA") && name.startsWith("ECDHE-");
        case "SSLv3" -> name.endsWith("-SHA") && !name.startsWith("ECDHE-");
        case "FIPS" -> !name.contains("CHACHA20");
        default -> name.equals(keyword);
      };
    }

    boolean matches(String term) {
      for (String keyword : term.split("\\+")) {
        if (!is(keyword)) {
          return false;
        }
      }
      return true;
    }
  }

  /**
   * The JDK's names of the suites that a text of {@code ssl_ciphers} selects, in its order, after
   * those of TLS 1.3, which it doesn't touch.
   *
   * @throws IllegalArgumentException when it selects none
   */
  static List<String> selected(String text) {
    List<Suite> left = new ArrayList<>(SELECTABLE);
    List<Suite> chosen = new ArrayList<>();
    for (String term : text.split("[:, ]+")) {
      char first = term.isEmpty() ? '@' : term.charAt(0);
      String rest = term.isEmpty() ? "" : term.substring(1);
      switch (first) {
        case '!' -> {
          left.removeIf(suite -> suite.matches(rest));
          chosen.removeIf(suite -> suite.matches(rest));
        }
        case '-' -> chosen.removeIf(suite -> suite.matches(rest));
        case '+' -> {
          List<Suite> last = chosen.stream().filter(suite -> suite.matches(rest)).toList();
          chosen.removeAll(last);
          chosen.addAll(last);
        }
        case '@' -> {
          if (rest.equals("STRENGTH")) {
            chosen.sort(Comparator.comparing(suite -> suite.is("AES128")));
          } // its levels aren't the JDK's
        }
        default ->
            left.stream()
                .filter(suite -> suite.matches(term) && !chosen.contains(suite))
                .forEach(chosen::add);
      }
    }
    if (chosen.isEmpty()) {
      throw new IllegalArgumentException(
          "SSL_CTX_set_cipher_list(\""
              + text
              + "\") failed (SSL: error:0A0000B9:SSL routines::no cipher match)");
    }
    List<String> names = new ArrayList<>(NEWEST);
    for (Suite suite : chosen) {
      String name = CipherSuiteConverter.toJava(suite.name(), "TLS");
      if (name != null) {
        names.add(name);
      }
    }
    return names;
  }

  /** OpenSSL's name of the JDK's suite. */
  static String name(String suite) {
    String name = CipherSuiteConverter.toOpenSsl(suite, false);
    return name == null ? suite : name;
  }

  /** The names of suites that a client offers, by their numbers, with colons between. */
  public static String names(int[] suites) {
    return joined(suites, NAMES);
  }

  /** The names of groups that a client offers, by their numbers, with colons between. */
  public static String groupNames(int[] groups) {
    return joined(groups, GROUPS);
  }

  /** The name of a group by its number; null when there is none. */
  static @Nullable String group(int number) {
    return number == 0 ? null : GROUPS.getOrDefault(number, hex(number));
  }

  /** The JDK's name of a group. */
  static String jdkGroup(String name) {
    return switch (name) {
      case "prime256v1", "P-256" -> "secp256r1";
      case "P-384" -> "secp384r1";
      case "P-521" -> "secp521r1";
      case "X25519" -> "x25519";
      case "X448" -> "x448";
      default -> name;
    };
  }

  private static String joined(int[] numbers, Map<Integer, String> names) {
    StringBuilder out = new StringBuilder();
    for (int number : numbers) {
      if (!out.isEmpty()) {
        out.append(':');
      }
      out.append(names.getOrDefault(number, hex(number)));
    }
    return out.toString();
  }

  private static String hex(int number) {
    return "0x%04x".formatted(number);
  }
}

package dev.banyan.transport;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;

/**
 * Names of subjects and issuers as OpenSSL prints them: by RFC 2253 with every octet outside of
 * ASCII escaped, and the older {@code /C=DE/CN=name}.
 */
public final class DistinguishedNames {
  private static final Map<String, String> SHORT =
      Map.ofEntries(
          Map.entry("2.5.4.3", "CN"),
          Map.entry("2.5.4.4", "SN"),
          Map.entry("2.5.4.5", "serialNumber"),
          Map.entry("2.5.4.6", "C"),
          Map.entry("2.5.4.7", "L"),
          Map.entry("2.5.4.8", "ST"),
          Map.entry("2.5.4.9", "street"),
          Map.entry("2.5.4.10", "O"),
          Map.entry("2.5.4.11", "OU"),
          Map.entry("2.5.4.12", "title"),
          Map.entry("2.5.4.13", "description"),
          Map.entry("2.5.4.15", "businessCategory"),
          Map.entry("2.5.4.17", "postalCode"),
          Map.entry("2.5.4.20", "telephoneNumber"),
          Map.entry("2.5.4.41", "name"),
          Map.entry("2.5.4.42", "GN"),
          Map.entry("2.5.4.43", "initials"),
          Map.entry("2.5.4.44", "generationQualifier"),
          Map.entry("2.5.4.45", "x500UniqueIdentifier"),
          Map.entry("2.5.4.46", "dnQualifier"),
          Map.entry("2.5.4.65", "pseudonym"),
          Map.entry("2.5.4.97", "organizationIdentifier"),
          Map.entry("1.2.840.113549.1.9.1", "emailAddress"),
          Map.entry("1.2.840.113549.1.9.2", "unstructuredName"),
          Map.entry("0.9.2342.19200300.100.1.1", "UID"),
          Map.entry("0.9.2342.19200300.100.1.25", "DC"),
          Map.entry("1.3.6.1.4.1.311.60.2.1.1", "jurisdictionL"),
          Map.entry("1.3.6.1.4.1.311.60.2.1.2", "jurisdictionST"),
          Map.entry("1.3.6.1.4.1.311.60.2.1.3", "jurisdictionC"));

  private static final int OBJECT = 6;
  private static final int UTF_8 = 12;
  private static final int UNIVERSAL = 28;
  private static final int BASIC = 30;
  private static final List<Integer> LATIN = List.of(18, 19, 20, 22, 26); // one octet a character

  private DistinguishedNames() {}

  /** A type and its value, with the tag of the value. */
  private record Attribute(String object, int tag, byte[] value, byte[] encoded) {}

  /** As {@code $ssl_client_s_dn} shows it. */
  public static String rfc2253(X500Principal name) {
    StringBuilder out = new StringBuilder();
    List<List<Attribute>> all = read(name);
    for (int i = all.size() - 1; i >= 0; i--) {
      List<Attribute> together = all.get(i);
      for (int j = together.size() - 1; j >= 0; j--) {
        Attribute one = together.get(j);
        String text = text(one);
        String known = SHORT.get(one.object());
        out.append(out.isEmpty() ? "" : j == together.size() - 1 ? "," : "+");
        out.append(known == null ? one.object() : known).append('=');
        if (known == null || text == null) {
          out.append('#').append(HexFormat.of().withUpperCase().formatHex(one.encoded()));
        } else {
          escape(text, out);
        }
      }
    }
    return out.toString();
  }

  /** As {@code $ssl_client_s_dn_legacy} shows it. */
  public static String legacy(X500Principal name) {
    StringBuilder out = new StringBuilder();
    for (List<Attribute> together : read(name)) {
      for (Attribute one : together) {
        out.append('/');
        out.append(Objects.requireNonNullElse(SHORT.get(one.object()), one.object())).append('=');
        for (byte octet : one.value()) {
          int c = octet & 0xff;
          if (c < ' ' || c > '~') {
            out.append("\\x").append(HexFormat.of().withUpperCase().toHexDigits(octet));
          } else {
            out.append((char) c);
          }
        }
      }
    }
    return out.toString();
  }

  private static void escape(String text, StringBuilder out) {
    byte[] octets = text.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < octets.length; i++) {
      int c = octets[i] & 0xff;
      boolean edge = (i == 0 && (c == ' ' || c == '#')) || (i == octets.length - 1 && c == ' ');
      if (c < ' ' || c >= 0x7f) {
        out.append('\\').append(HexFormat.of().withUpperCase().toHexDigits(octets[i]));
      } else if (edge || ",+\"\\<>;".indexOf(c) >= 0) {
        out.append('\\').append((char) c);
      } else {
        out.append((char) c);
      }
    }
  }

  private static @Nullable String text(Attribute one) {
    return switch (one.tag()) {
      case UTF_8 -> new String(one.value(), StandardCharsets.UTF_8);
      case BASIC -> new String(one.value(), StandardCharsets.UTF_16BE);
      case UNIVERSAL -> new String(one.value(), java.nio.charset.Charset.forName("UTF-32BE"));
      default ->
          LATIN.contains(one.tag()) ? new String(one.value(), StandardCharsets.ISO_8859_1) : null;
    };
  }

  /** The sets of attributes, in the name's order. */
  private static List<List<Attribute>> read(X500Principal name) {
    List<List<Attribute>> all = new ArrayList<>();
    WireOctets sets = content(new WireOctets(name.getEncoded()));
    while (sets.left() > 0) {
      WireOctets set = content(sets);
      List<Attribute> together = new ArrayList<>();
      while (set.left() > 0) {
        WireOctets pair = content(set);
        int tag = pair.number(1);
        byte[] object = pair.part(length(pair)).rest();
        byte[] encoded = pair.rest();
        int kind = pair.number(1) & 0x1f;
        byte[] value = pair.part(length(pair)).rest();
        together.add(new Attribute(tag == OBJECT ? dotted(object) : "", kind, value, encoded));
      }
      all.add(together);
    }
    return all;
  }

  private static WireOctets content(WireOctets in) {
    in.skip(1);
    return in.part(length(in));
  }

  private static int length(WireOctets in) {
    int first = in.number(1);
    return first < 0x80 ? first : in.number(first & 0x7f);
  }

  private static String dotted(byte[] object) {
    StringBuilder out = new StringBuilder();
    long number = 0;
    for (byte octet : object) {
      number = number << 7 | (octet & 0x7f);
      if (octet >= 0) {
        if (out.isEmpty()) {
          long top = Math.min(2, number / 40);
          out.append(top).append('.').append(number - top * 40);
        } else {
          out.append('.').append(number);
        }
        number = 0;
      }
    }
    return out.toString();
  }
}

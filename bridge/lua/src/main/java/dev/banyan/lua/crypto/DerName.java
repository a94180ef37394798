package dev.banyan.lua.crypto;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A name as certificates have it.
 *
 * @param entries its parts, in their order
 */
public record DerName(List<Entry> entries) {
  public DerName {
    entries = List.copyOf(entries);
  }

  /**
   * A part of a name.
   *
   * @param object the kind of part, as dotted numbers
   * @param tag the tag of its text
   * @param octets its text
   */
  public record Entry(String object, int tag, byte[] octets) {
    /** Its text, if its octets are characters of ASCII. */
    public String text() {
      return new String(octets, StandardCharsets.ISO_8859_1);
    }
  }

  /** The name that octets of DER are. */
  public static DerName of(byte[] der) {
    List<Entry> entries = new ArrayList<>();
    for (int set = Der.content(der, 0); set < Der.end(der, 0); set = Der.end(der, set)) {
      for (int pair = Der.content(der, set); pair < Der.end(der, set); pair = Der.end(der, pair)) {
        int object = Der.content(der, pair);
        int text = Der.end(der, object);
        entries.add(
            new Entry(
                dotted(der, object),
                Der.tag(der, text),
                Arrays.copyOfRange(der, Der.content(der, text), Der.end(der, text))));
      }
    }
    return new DerName(entries);
  }

  /** Its octets of DER; each part stands alone. */
  public byte[] der() {
    byte[][] parts = new byte[entries.size()][];
    for (int i = 0; i < parts.length; i++) {
      Entry entry = entries.get(i);
      byte[] text = Der.item(entry.tag(), entry.octets());
      parts[i] = Der.item(Der.SET, Der.item(Der.SEQUENCE, Der.object(entry.object()), text));
    }
    return Der.item(Der.SEQUENCE, parts);
  }

  /** The dotted numbers of the object at {@code at}. */
  static String dotted(byte[] der, int at) {
    if (Der.tag(der, at) != Der.OBJECT) {
      return "";
    }
    StringBuilder text = new StringBuilder();
    long number = 0;
    for (int i = Der.content(der, at); i < Der.end(der, at); i++) {
      number = (number << 7) | (der[i] & 0x7f);
      if (der[i] >= 0) {
        if (text.isEmpty()) {
          long first = Math.min(number / 40, 2);
          text.append(first).append('.').append(number - first * 40);
        } else {
          text.append('.').append(number);
        }
        number = 0;
      }
    }
    return text.toString();
  }
}

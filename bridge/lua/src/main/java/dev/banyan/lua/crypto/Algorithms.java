package dev.banyan.lua.crypto;

import java.util.Locale;
import java.util.Map;

/** How certificates and requests name what has signed them. */
public final class Algorithms {
  private static final byte[] NULL = {5, 0};

  /** By the JDK's names, in capitals. */
  private static final Map<String, String> OBJECTS =
      Map.ofEntries(
          Map.entry("MD5WITHRSA", "1.2.840.113549.1.1.4"),
          Map.entry("SHA1WITHRSA", "1.2.840.113549.1.1.5"),
          Map.entry("SHA256WITHRSA", "1.2.840.113549.1.1.11"),
          Map.entry("SHA384WITHRSA", "1.2.840.113549.1.1.12"),
          Map.entry("SHA512WITHRSA", "1.2.840.113549.1.1.13"),
          Map.entry("SHA224WITHRSA", "1.2.840.113549.1.1.14"),
          Map.entry("SHA1WITHECDSA", "1.2.840.10045.4.1"),
          Map.entry("SHA224WITHECDSA", "1.2.840.10045.4.3.1"),
          Map.entry("SHA256WITHECDSA", "1.2.840.10045.4.3.2"),
          Map.entry("SHA384WITHECDSA", "1.2.840.10045.4.3.3"),
          Map.entry("SHA512WITHECDSA", "1.2.840.10045.4.3.4"),
          Map.entry("ED25519", "1.3.101.112"),
          Map.entry("ED448", "1.3.101.113"));

  private Algorithms() {}

  /** Its octets; RSA's have empty parameters. */
  static byte[] der(String name) {
    String upper = name.toUpperCase(Locale.ROOT);
    String object = OBJECTS.getOrDefault(upper, "");
    if (object.isEmpty()) {
      throw new IllegalArgumentException("no way to sign is called " + name);
    }
    byte[] parameters = upper.endsWith("RSA") ? NULL : Der.NOTHING;
    return Der.item(Der.SEQUENCE, Der.object(object), parameters);
  }
}

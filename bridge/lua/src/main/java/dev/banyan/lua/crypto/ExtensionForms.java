package dev.banyan.lua.crypto;

import java.math.BigInteger;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The values of the extensions that most certificates have: from OpenSSL's texts, and to them. */
public final class ExtensionForms {
  public static final String SUBJECT_KEY = "2.5.29.14";
  public static final String KEY_USAGE = "2.5.29.15";
  public static final String ALTERNATIVE = "2.5.29.17";
  public static final String ISSUER_ALTERNATIVE = "2.5.29.18";
  public static final String CONSTRAINTS = "2.5.29.19";
  public static final String AUTHORITY_KEY = "2.5.29.35";
  public static final String EXTENDED_USAGE = "2.5.29.37";

  private static final Pattern ADDRESS =
      Pattern.compile("\\d{1,3}(?:\\.\\d{1,3}){3}|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");
  private static final int BOOLEAN = 1;
  private static final int KEY = 0x80;

  private record Use(String brief, String whole, String object) {}

  private static final List<Use> USES =
      List.of(
          new Use("digitalSignature", "Digital Signature", ""),
          new Use("nonRepudiation", "Non Repudiation", ""),
          new Use("keyEncipherment", "Key Encipherment", ""),
          new Use("dataEncipherment", "Data Encipherment", ""),
          new Use("keyAgreement", "Key Agreement", ""),
          new Use("keyCertSign", "Certificate Sign", ""),
          new Use("cRLSign", "CRL Sign", ""),
          new Use("encipherOnly", "Encipher Only", ""),
          new Use("decipherOnly", "Decipher Only", ""));

  private static final List<Use> PURPOSES =
      List.of(
          new Use("serverAuth", "TLS Web Server Authentication", "1.3.6.1.5.5.7.3.1"),
          new Use("clientAuth", "TLS Web Client Authentication", "1.3.6.1.5.5.7.3.2"),
          new Use("codeSigning", "Code Signing", "1.3.6.1.5.5.7.3.3"),
          new Use("emailProtection", "E-mail Protection", "1.3.6.1.5.5.7.3.4"),
          new Use("timeStamping", "Time Stamping", "1.3.6.1.5.5.7.3.8"),
          new Use("OCSPSigning", "OCSP Signing", "1.3.6.1.5.5.7.3.9"));

  private ExtensionForms() {}

  // ---- from texts

  /** Whether a certificate is an authority, and over how many others. */
  public static byte[] constraints(boolean authority, OptionalLong length) {
    return Der.item(
        Der.SEQUENCE,
        authority ? new byte[] {BOOLEAN, 1, (byte) 0xff} : Der.NOTHING,
        length.isPresent()
            ? Der.item(Der.INTEGER, BigInteger.valueOf(length.getAsLong()).toByteArray())
            : Der.NOTHING);
  }

  /** The value that a text means; empty for one that can't be read. */
  public static Optional<byte[]> read(String object, List<String> parts) {
    return switch (object) {
      case CONSTRAINTS -> readConstraints(parts);
      case KEY_USAGE -> readUsage(parts);
      case EXTENDED_USAGE -> readPurposes(parts);
      case ALTERNATIVE, ISSUER_ALTERNATIVE -> readNames(parts);
      case SUBJECT_KEY -> readKey(parts);
      default -> Optional.empty();
    };
  }

  private static Optional<byte[]> readConstraints(List<String> parts) {
    boolean authority = false;
    OptionalLong length = OptionalLong.empty();
    for (String part : parts) {
      if (part.matches("CA:(?i:true|y|yes)")) {
        authority = true;
      } else if (part.matches("pathlen:[0-9]{1,9}")) {
        length = OptionalLong.of(Long.parseLong(part.substring("pathlen:".length())));
      } else if (!part.matches("CA:(?i:false|n|no)")) {
        return Optional.empty();
      }
    }
    return Optional.of(constraints(authority, length));
  }

  private static Optional<byte[]> readUsage(List<String> parts) {
    int bits = 0;
    for (String part : parts) {
      int use = index(USES, part);
      if (use < 0) {
        return Optional.empty();
      }
      bits |= 0x8000 >> use;
    }
    int unused = bits == 0 ? 0 : Integer.numberOfTrailingZeros(bits) % Byte.SIZE;
    byte[] octets =
        bits == 0
            ? Der.NOTHING
            : (bits & 0xff) == 0
                ? new byte[] {(byte) (bits >> Byte.SIZE)}
                : new byte[] {(byte) (bits >> Byte.SIZE), (byte) bits};
    return Optional.of(Der.item(Der.BITS, new byte[] {(byte) unused}, octets));
  }

  private static int index(List<Use> uses, String name) {
    for (int i = 0; i < uses.size(); i++) {
      Use use = uses.get(i);
      if (use.brief.equals(name) || use.whole.equals(name) || use.object.equals(name)) {
        return i;
      }
    }
    return -1;
  }

  private static Optional<byte[]> readPurposes(List<String> parts) {
    List<byte[]> objects = new ArrayList<>();
    for (String part : parts) {
      int at = index(PURPOSES, part);
      if (at < 0 && !part.matches("[0-2](\\.\\d{1,18})+")) {
        return Optional.empty();
      }
      objects.add(Der.object(at < 0 ? part : PURPOSES.get(at).object));
    }
    return Optional.of(Der.item(Der.SEQUENCE, objects.toArray(byte[][]::new)));
  }

  private static Optional<byte[]> readNames(List<String> parts) {
    List<GeneralName> names = new ArrayList<>();
    for (String part : parts) {
      int colon = part.indexOf(':');
      String text = part.substring(colon + 1).strip();
      byte[] octets = text.getBytes(StandardCharsets.ISO_8859_1);
      switch (part.substring(0, Math.max(colon, 0)).strip()) {
        case "DNS" -> names.add(new GeneralName(GeneralName.DNS, octets));
        case "email" -> names.add(new GeneralName(GeneralName.EMAIL, octets));
        case "URI" -> names.add(new GeneralName(GeneralName.URI, octets));
        case "IP" -> {
          Optional<byte[]> address = address(text);
          if (address.isEmpty()) {
            return Optional.empty();
          }
          names.add(new GeneralName(GeneralName.ADDRESS, address.get()));
        }
        default -> {
          return Optional.empty();
        }
      }
    }
    return Optional.of(GeneralName.der(names));
  }

  /** The octets of an address; empty for anything else. */
  public static Optional<byte[]> address(String text) {
    if (!ADDRESS.matcher(text).matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(InetAddress.ofLiteral(text).getAddress());
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Optional<byte[]> readKey(List<String> parts) {
    try {
      byte[] octets = HexFormat.of().parseHex(String.join("", parts).replace(":", ""));
      return Optional.of(Der.item(Der.OCTETS, octets));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** The value of an extension that names a key. */
  public static byte[] subjectKey(byte[] identifier) {
    return Der.item(Der.OCTETS, identifier);
  }

  /** The value that names an issuer's key, from what the issuer says of its own, if that is one. */
  public static Optional<byte[]> authorityKey(byte[] subjectKey) {
    try {
      byte[] identifier = content(subjectKey, 0);
      return Optional.of(Der.item(Der.SEQUENCE, Der.item(KEY, identifier)));
    } catch (IndexOutOfBoundsException | IllegalArgumentException | ArithmeticException e) {
      return Optional.empty();
    }
  }

  // ---- to texts

  private static byte[] content(byte[] der, int at) {
    return Arrays.copyOfRange(der, Der.content(der, at), Der.end(der, at));
  }

  /** Whether it makes an authority, and how many may stand below; empty where nothing is said. */
  public static OptionalLong pathLength(byte[] constraints) {
    int at = Der.content(constraints, 0);
    int end = Der.end(constraints, 0);
    if (at < end && Der.tag(constraints, at) == BOOLEAN) {
      at = Der.end(constraints, at);
    }
    return at < end
        ? OptionalLong.of(new BigInteger(content(constraints, at)).longValue())
        : OptionalLong.empty();
  }

  /** Whether it makes an authority. */
  public static boolean isAuthority(byte[] constraints) {
    int at = Der.content(constraints, 0);
    return at < Der.end(constraints, 0)
        && Der.tag(constraints, at) == BOOLEAN
        && content(constraints, at)[0] != 0;
  }

  /** As OpenSSL prints it; empty for a kind that isn't known here. */
  public static Optional<String> text(DerExtensions.Extension extension) {
    byte[] value = extension.octets();
    return switch (extension.object()) {
      case CONSTRAINTS -> {
        OptionalLong length = pathLength(value);
        String most = length.isPresent() ? ", pathlen:" + length.getAsLong() : "";
        yield Optional.of((isAuthority(value) ? "CA:TRUE" : "CA:FALSE") + most);
      }
      case KEY_USAGE -> Optional.of(usage(content(value, 0)));
      case EXTENDED_USAGE -> Optional.of(purposes(value));
      case ALTERNATIVE, ISSUER_ALTERNATIVE ->
          Optional.of(
              GeneralName.read(value).stream()
                  .map(ExtensionForms::name)
                  .collect(Collectors.joining(", ")));
      case SUBJECT_KEY ->
          Optional.of(HexFormat.ofDelimiter(":").withUpperCase().formatHex(content(value, 0)));
      default -> Optional.empty();
    };
  }

  private static String usage(byte[] bits) {
    List<String> found = new ArrayList<>();
    for (int i = 0; i < USES.size() && 1 + i / Byte.SIZE < bits.length; i++) {
      if ((bits[1 + i / Byte.SIZE] & (0x80 >> (i % Byte.SIZE))) != 0) {
        found.add(USES.get(i).whole);
      }
    }
    return String.join(", ", found);
  }

  /** The objects that a list of purposes has. */
  static List<String> objects(byte[] value) {
    List<String> found = new ArrayList<>();
    for (int at = Der.content(value, 0); at < Der.end(value, 0); at = Der.end(value, at)) {
      found.add(DerName.dotted(value, at));
    }
    return found;
  }

  private static String purposes(byte[] value) {
    return objects(value).stream()
        .map(object ->
            index(PURPOSES, object) < 0 ? object : PURPOSES.get(index(PURPOSES, object)).whole)
        .collect(Collectors.joining(", "));
  }

  private static String name(GeneralName name) {
    String text = new String(name.octets(), StandardCharsets.ISO_8859_1);
    return switch (name.kind()) {
      case GeneralName.DNS -> "DNS:" + text;
      case GeneralName.EMAIL -> "email:" + text;
      case GeneralName.URI -> "URI:" + text;
      case GeneralName.ADDRESS -> "IP Address:" + spelled(name.octets());
      default -> "<unsupported>";
    };
  }

  private static String spelled(byte[] address) {
    List<String> parts = new ArrayList<>();
    boolean narrow = address.length == 4;
    for (int i = 0; i < address.length; i += narrow ? 1 : 2) {
      parts.add(
          narrow
              ? Integer.toString(address[i] & 0xff)
              : "%X".formatted(((address[i] & 0xff) << Byte.SIZE) | (address[i + 1] & 0xff)));
    }
    return String.join(narrow ? "." : ":", parts);
  }
}

package dev.banyan.transport;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Immutable: a client's first message of a TLS handshake (RFC 8446, section 4.1.2), as far as it is
 * well-formed.
 */
public final class ClientHello {
  private static final int RANDOM = 32;
  private static final int SERVER_NAME = 0;
  private static final int LIST_AND_TYPE = 3;
  private static final int SUPPORTED_GROUPS = 10;
  private static final int SUPPORTED_VERSIONS = 43;

  private record Extension(int type, byte[] content) {}

  private final int legacyVersion;
  private final byte[] random;
  private final byte[] session;
  private final List<Integer> suites;
  private final List<Extension> extensions = new ArrayList<>();

  /** Reads the message's body, which begins with its version. */
  ClientHello(byte[] body) {
    WireOctets octets = new WireOctets(body);
    legacyVersion = octets.number(2);
    random = octets.part(RANDOM).rest();
    session = octets.part(octets.number(1)).rest();
    suites = numbers(octets.part(octets.number(2)));
    octets.skip(octets.number(1)); // compression methods
    WireOctets list = octets.part(octets.number(2));
    while (list.left() >= 4) {
      int type = list.number(2);
      extensions.add(new Extension(type, list.part(list.number(2)).rest()));
    }
  }

  /** An extension's content, or null when the client sent none of that type. */
  public byte @Nullable [] extension(int type) {
    for (Extension extension : extensions) {
      if (extension.type == type) {
        return extension.content.clone();
      }
    }
    return null;
  }

  /**
   * The name that the client asks for as it wrote it.
   *
   * @param known the same name in other letters
   */
  String serverName(String known) {
    byte[] content = extension(SERVER_NAME);
    if (content == null) {
      return known;
    }
    WireOctets octets = new WireOctets(content);
    octets.skip(LIST_AND_TYPE);
    String written = new String(octets.part(octets.number(2)).rest(), StandardCharsets.ISO_8859_1);
    return written.equalsIgnoreCase(known) ? written : known;
  }

  /** The versions that the client speaks, such as 0x0303, in its order. */
  public List<Integer> versions() {
    byte[] content = extension(SUPPORTED_VERSIONS);
    if (content == null) {
      return List.of(legacyVersion);
    }
    WireOctets octets = new WireOctets(content);
    return numbers(octets.part(octets.number(1)));
  }

  /** The random octets of the client. */
  public byte[] random() {
    return random.clone();
  }

  /** The session that the client wants to resume; before TLS 1.3 the one that counts. */
  byte[] session() {
    return session.clone();
  }

  /** The numbers of the extensions that the client sent, in its order. */
  public List<Integer> extensions() {
    return extensions.stream().map(Extension::type).toList();
  }

  /** The numbers of the cipher suites that the client offers, in its order. */
  public List<Integer> suites() {
    return suites;
  }

  /** The numbers of the groups that the client offers, in its order. */
  List<Integer> groups() {
    byte[] content = extension(SUPPORTED_GROUPS);
    if (content == null) {
      return List.of();
    }
    WireOctets octets = new WireOctets(content);
    return numbers(octets.part(octets.number(2)));
  }

  private static List<Integer> numbers(WireOctets octets) {
    List<Integer> numbers = new ArrayList<>();
    while (octets.left() >= 2) {
      numbers.add(octets.number(2));
    }
    return List.copyOf(numbers);
  }
}

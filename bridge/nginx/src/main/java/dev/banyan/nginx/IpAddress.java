package dev.banyan.nginx;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** IP addresses as bytes in network order, read without asking any name server. */
public final class IpAddress {
  private static final int V4_LENGTH = 4;

  private IpAddress() {}

  /** Reads an IPv4 or IPv6 address; null when it is none. */
  public static byte @Nullable [] parse(String text) {
    boolean v6 = text.indexOf(':') >= 0;
    if (!v6) {
      return v4(text);
    }
    if (!text.chars().allMatch(c -> Character.digit(c, 16) >= 0 || c == ':' || c == '.')) {
      return null;
    }
    try {
      byte[] bytes = InetAddress.getByName("[" + text + "]").getAddress();
      return bytes.length == V4_LENGTH ? mapped(bytes) : bytes;
    } catch (UnknownHostException e) {
      return null;
    }
  }

  private static byte @Nullable [] v4(String text) {
    int packed = 0;
    int parts = 0;
    int value = 0;
    int digits = 0;
    for (int i = 0; i <= text.length(); i++) {
      char c = i == text.length() ? '.' : text.charAt(i);
      if (c >= '0' && c <= '9' && digits < 3) {
        value = value * 10 + (c - '0');
        digits++;
      } else if (c == '.' && digits > 0 && value <= 255 && parts < V4_LENGTH) {
        packed = packed << 8 | value;
        parts++;
        value = 0;
        digits = 0;
      } else {
        return null;
      }
    }
    return parts == V4_LENGTH ? octets(packed) : null;
  }

  private static byte[] octets(int packed) {
    return new byte[] {
      (byte) (packed >>> 24), (byte) (packed >>> 16), (byte) (packed >>> 8), (byte) packed
    };
  }

  private static byte[] mapped(byte[] v4) {
    byte[] bytes = new byte[16];
    bytes[10] = (byte) 0xff;
    bytes[11] = (byte) 0xff;
    System.arraycopy(v4, 0, bytes, 12, V4_LENGTH);
    return bytes;
  }

  /** The IPv4 address in an IPv6 address that carries one; any other address as it is. */
  public static byte[] unmapped(byte[] address) {
    boolean carries =
        address.length == 16 && Arrays.equals(mapped(Arrays.copyOfRange(address, 12, 16)), address);
    return carries ? Arrays.copyOfRange(address, 12, 16) : address;
  }

  /** The usual notation. */
  public static String text(byte[] address) {
    try {
      return InetAddress.getByAddress(address).getHostAddress();
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("not an address of 4 or 16 bytes", e);
    }
  }
}

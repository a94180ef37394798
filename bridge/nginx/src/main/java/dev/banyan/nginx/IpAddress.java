package dev.banyan.nginx;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** IP addresses as bytes in network order, read without asking any name server. */
public final class IpAddress {
  private static final int V4_LENGTH = 4;
  private static final int V6_LENGTH = 16;
  private static final int V6_GROUPS = 8;

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

  /** The address of which all bits are set is how the system tells that a text is none. */
  private static final int NO_ADDRESS = -1;

  private static byte @Nullable [] v4(String text) {
    int packed = 0;
    int dots = 0;
    int value = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= '0' && c <= '9') {
        value = value * 10 + (c - '0');
      } else if (c == '.') {
        packed = packed << 8 | value;
        dots++;
        value = 0;
      } else {
        return null;
      }
      if (value > 255) {
        return null;
      }
    }
    packed = packed << 8 | value;
    return dots == V4_LENGTH - 1 && packed != NO_ADDRESS ? octets(packed) : null;
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

  /** As nginx writes it: IPv6 in lower case, its longest run of zeros shortened. */
  public static String text(byte[] address) {
    if (address.length == V4_LENGTH) {
      return dotted(address, 0);
    }
    if (address.length != V6_LENGTH) {
      throw new IllegalArgumentException("not an address of 4 or 16 bytes");
    }
    int[] groups = new int[V6_GROUPS];
    for (int i = 0; i < V6_GROUPS; i++) {
      groups[i] = (address[2 * i] & 0xff) << 8 | (address[2 * i + 1] & 0xff);
    }
    return shortened(address, groups);
  }

  private static String shortened(byte[] address, int[] groups) {
    int start = -1;
    int length = 1; // a single zero is written out
    for (int i = 0, run = 0; i < V6_GROUPS; i++) {
      run = groups[i] == 0 ? run + 1 : 0;
      if (run > length) {
        length = run;
        start = i - run + 1;
      }
    }
    boolean mapped = length == 5 && groups[5] == 0xffff;
    boolean carriesV4 = start == 0 && (mapped || length == 6);
    StringBuilder text = new StringBuilder(39);
    for (int i = 0; i < (carriesV4 ? 6 : V6_GROUPS); i++) {
      if (i == start) {
        text.append(i == 0 ? "::" : ":");
        i += length - 1;
      } else {
        text.append(Integer.toHexString(groups[i])).append(i < V6_GROUPS - 1 ? ":" : "");
      }
    }
    return carriesV4 ? text + dotted(address, 12) : text.toString();
  }

  private static String dotted(byte[] address, int at) {
    return (address[at] & 0xff)
        + "."
        + (address[at + 1] & 0xff)
        + "."
        + (address[at + 2] & 0xff)
        + "."
        + (address[at + 3] & 0xff);
  }
}

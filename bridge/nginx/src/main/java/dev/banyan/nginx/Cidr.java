package dev.banyan.nginx;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A network: an address and how many leading bits count. Bits beyond them are zero. */
public record Cidr(byte[] address, int bits) {
  public Cidr {
    address = masked(address, bits);
  }

  /** Reads {@code 10.0.0.0/8}, {@code ::1} and so on; null when it is none. */
  public static @Nullable Cidr parse(String text) {
    int slash = text.indexOf('/');
    byte[] address = IpAddress.parse(slash < 0 ? text : text.substring(0, slash));
    if (address == null) {
      return null;
    }
    int bits = slash < 0 ? address.length * 8 : bits(text.substring(slash + 1));
    return bits < 0 || bits > address.length * 8 ? null : new Cidr(address, bits);
  }

  private static int bits(String text) {
    boolean digits =
        !text.isEmpty() && text.length() < 4 && text.chars().allMatch(c -> c >= '0' && c <= '9');
    return digits ? Integer.parseInt(text) : -1;
  }

  /** Whether an address lies in it; an IPv4 address mapped into IPv6 counts as IPv4. */
  public boolean contains(byte[] candidate) {
    byte[] other = IpAddress.unmapped(candidate);
    return other.length == address.length && Arrays.equals(masked(other, bits), address);
  }

  private static byte[] masked(byte[] address, int bits) {
    byte[] copy = address.clone();
    for (int i = 0; i < copy.length; i++) {
      int kept = Math.clamp(bits - 8L * i, 0, 8);
      copy[i] &= (byte) (0xff00 >> kept);
    }
    return copy;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Cidr cidr && bits == cidr.bits && Arrays.equals(address, cidr.address);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(address) + bits;
  }

  @Override
  public String toString() {
    return IpAddress.text(address) + "/" + bits;
  }
}

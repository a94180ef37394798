package dev.banyan.lua.crypto;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Optional;

/** The two numbers of an elliptic signature, which in DER are a sequence of integers. */
public record EcdsaValue(BigInteger r, BigInteger s) {
  /** What was read, and how many octets it took. */
  public record Read(EcdsaValue value, int size) {}

  /** Reads what octets begin with; empty when that is no signature. */
  public static Optional<Read> read(byte[] octets) {
    try {
      int r = Der.content(octets, 0);
      int s = Der.end(octets, r);
      int end = Der.end(octets, 0);
      boolean whole =
          Der.tag(octets, 0) == Der.SEQUENCE
              && Der.tag(octets, r) == Der.INTEGER
              && Der.tag(octets, s) == Der.INTEGER
              && Der.end(octets, s) == end;
      return whole
          ? Optional.of(new Read(new EcdsaValue(number(octets, r), number(octets, s)), end))
          : Optional.empty();
    } catch (IndexOutOfBoundsException | IllegalArgumentException | ArithmeticException e) {
      return Optional.empty(); // it ends too early, or a number has no octets
    }
  }

  private static BigInteger number(byte[] octets, int at) {
    return new BigInteger(Arrays.copyOfRange(octets, Der.content(octets, at), Der.end(octets, at)));
  }

  /** Its octets. */
  public byte[] der() {
    return Der.item(
        Der.SEQUENCE,
        Der.item(Der.INTEGER, r.toByteArray()),
        Der.item(Der.INTEGER, s.toByteArray()));
  }
}

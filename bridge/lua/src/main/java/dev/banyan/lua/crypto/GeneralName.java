package dev.banyan.lua.crypto;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One of the names that a certificate is for.
 *
 * @param kind the number of its kind
 * @param octets its text or address; of {@link #DIRECTORY}, its DER
 */
public record GeneralName(int kind, byte[] octets) {
  public static final int EMAIL = 1;
  public static final int DNS = 2;
  public static final int DIRECTORY = 4;
  public static final int URI = 6;
  public static final int ADDRESS = 7;

  private static final int PLAIN = 0x80;
  private static final int NESTED = 0xa0;
  private static final int KIND = 0x1f;

  /** Names as a list of DER. */
  public static byte[] der(List<GeneralName> names) {
    return Der.item(Der.SEQUENCE, names.stream().map(GeneralName::item).toArray(byte[][]::new));
  }

  private byte[] item() {
    return Der.item((kind == DIRECTORY ? NESTED : PLAIN) | kind, octets);
  }

  /**
   * The names of a list of DER; {@link IndexOutOfBoundsException} for octets that end too early.
   */
  public static List<GeneralName> read(byte[] der) {
    List<GeneralName> names = new ArrayList<>();
    for (int at = Der.content(der, 0); at < Der.end(der, 0); at = Der.end(der, at)) {
      byte[] content = Arrays.copyOfRange(der, Der.content(der, at), Der.end(der, at));
      names.add(new GeneralName(Der.tag(der, at) & KIND, content));
    }
    return names;
  }
}

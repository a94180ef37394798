package dev.banyan.nginx;

import java.util.List;

/** Reads the client's address from a list that proxies appended to, as realip and geo do. */
public final class ForwardedClient {
  private ForwardedClient() {}

  /**
   * The last address that no trusted proxy has, or only the last one.
   *
   * @param peer who sent the list
   * @param header addresses, separated by commas or spaces, the nearest last
   * @param recursive whether to go on while the address found is trusted itself
   */
  public static byte[] of(byte[] peer, String header, List<Cidr> trusted, boolean recursive) {
    String[] words = header.strip().split("[ ,]+");
    byte[] client = peer;
    for (int i = words.length - 1; i >= 0 && isTrusted(client, trusted); i--) {
      byte[] next = IpAddress.parse(withoutPort(words[i]));
      if (next == null) {
        return client;
      }
      client = IpAddress.unmapped(next);
      if (!recursive) {
        return client;
      }
    }
    return client;
  }

  private static boolean isTrusted(byte[] address, List<Cidr> trusted) {
    return trusted.stream().anyMatch(network -> network.contains(address));
  }

  private static String withoutPort(String word) {
    if (word.startsWith("[")) {
      int close = word.indexOf(']');
      return close < 0 ? word : word.substring(1, close);
    }
    int colon = word.indexOf(':');
    return colon >= 0 && colon == word.lastIndexOf(':') ? word.substring(0, colon) : word;
  }
}

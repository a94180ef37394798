package dev.banyan.it.load;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** The requests of {@code mix.lua}, for a load that isn't wrk's. */
final class Mix {
  private static final int COUNT = 4_096;
  private static final List<String> HOSTS =
      List.of("t002", "t004", "t007", "t008", "t010", "t011", "t014", "t016");
  private static final List<String> PATHS =
      List.of(
          "/", "/shop?q=blue+shoes&page=2", "/assets/0a1b2c3d/site.css", "/v1/orders/77?sort=date");
  private static final String AGENT =
      "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0"
          + " Safari/537.36";
  private static final byte[][] REQUESTS = new byte[COUNT][];

  static {
    for (int i = 0; i < COUNT; i++) {
      REQUESTS[i] =
          String.format(
                  Locale.ROOT,
                  "GET %s HTTP/1.1\r\nHost: %s.example.com\r\nUser-Agent: %s\r\nAccept: */*\r\n"
                      + "Accept-Language: en-US,en;q=0.9\r\nX-Forwarded-For: 10.%d.%d.%d\r\n"
                      + "Cookie: session=%d\r\n\r\n",
                  PATHS.get(i % PATHS.size()),
                  HOSTS.get(i % HOSTS.size()),
                  AGENT,
                  i % 200,
                  i / 7 % 250,
                  i % 250,
                  i)
              .getBytes(StandardCharsets.US_ASCII);
    }
  }

  private Mix() {}

  /** The octets of one of them; not to be changed. */
  static byte[] request(long number) {
    return REQUESTS[(int) (number % COUNT)];
  }
}

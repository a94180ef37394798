package dev.banyan.it.load;

import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Headers;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Immutable: the requests of {@code mix.lua}, also for a load that isn't wrk's. */
final class Mix {
  private static final int COUNT = 4_096;
  private static final String HOSTS = "local hosts = {}";
  private static final List<String> PATHS =
      List.of(
          "/", "/shop?q=blue+shoes&page=2", "/assets/0a1b2c3d/site.css", "/v1/orders/77?sort=date");

  /** So many of the mix in a row hold every path for every host. */
  private static final int ROUND = 64;

  /** What the mix doesn't ask for, and an origin and the legacy's modules answer in other ways. */
  private static final List<String> OTHERS =
      List.of(
          "/html/3000",
          "/html-chunked/3000",
          "/json/500",
          "/leaky",
          "/cookies",
          "/moved",
          "/status/404",
          "/empty",
          "/search?q=1'+or+'1'='1",
          "/?utm_source=mail&a=1",
          "/%7Eann/x%20y");

  private static final String AGENT =
      "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0"
          + " Safari/537.36";
  private static final String LANGUAGE = "en-US,en;q=0.9";

  private final List<String> hosts;
  private final byte[][] requests = new byte[COUNT][];
  private final Http2Headers[] heads = new Http2Headers[COUNT];

  /** For these hosts. */
  Mix(List<String> hosts) {
    this.hosts = List.copyOf(hosts);
    for (int i = 0; i < COUNT; i++) {
      requests[i] = text(i).getBytes(StandardCharsets.US_ASCII);
      heads[i] = made(i);
    }
  }

  private String host(int i) {
    return hosts.get(i % hosts.size());
  }

  private static String path(int i) {
    return PATHS.get(i % PATHS.size());
  }

  private static String client(int i) {
    return "10." + i % 200 + "." + i / 7 % 250 + "." + i % 250;
  }

  private String text(int i) {
    return text(path(i), host(i), i);
  }

  private static String text(String path, String host, int i) {
    return String.format(
        Locale.ROOT,
        "GET %s HTTP/1.1\r\nHost: %s\r\nUser-Agent: %s\r\nAccept: */*\r\n"
            + "Accept-Language: %s\r\nX-Forwarded-For: %s\r\nCookie: session=%d\r\n\r\n",
        path,
        host,
        AGENT,
        LANGUAGE,
        client(i),
        i);
  }

  /** A part of the mix that holds each of its kinds, and other requests of the same hosts. */
  List<byte[]> telling() {
    List<byte[]> all = new ArrayList<>(Arrays.asList(requests).subList(0, ROUND));
    for (String path : OTHERS) {
      for (String host : hosts) {
        all.add(text(path, host, all.size()).getBytes(StandardCharsets.US_ASCII));
      }
    }
    all.add(text("/", "nobody.example.org", all.size()).getBytes(StandardCharsets.US_ASCII));
    return all;
  }

  private Http2Headers made(int i) {
    return new DefaultHttp2Headers()
        .method("GET")
        .scheme("https")
        .authority(host(i))
        .path(path(i))
        .add("user-agent", AGENT)
        .add("accept", "*/*")
        .add("accept-language", LANGUAGE)
        .add("x-forwarded-for", client(i))
        .add("cookie", "session=" + i);
  }

  /** The octets of one of them; not to be changed. */
  byte[] request(long number) {
    return requests[(int) (number % COUNT)];
  }

  /** The head of one of them for HTTP/2; not to be changed. */
  Http2Headers head(long number) {
    return heads[(int) (number % COUNT)];
  }

  /** {@code mix.lua} with its hosts. */
  String script() throws IOException {
    try (InputStream in = Mix.class.getResourceAsStream("mix.lua")) {
      if (in == null) {
        throw new IOException("mix.lua is not beside " + Mix.class.getName());
      }
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      String own = hosts.stream().map(host -> "\"" + host + "\"").collect(Collectors.joining(", "));
      return text.replace(HOSTS, "local hosts = { " + own + " }");
    }
  }
}

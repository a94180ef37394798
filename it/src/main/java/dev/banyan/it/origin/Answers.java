package dev.banyan.it.origin;

import dev.banyan.it.origin.Answer.Sending;
import dev.banyan.it.wire.Field;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;

/**
 * Which path gets which answer. The first segment chooses, the second is a size or a number:
 *
 * <pre>
 * /html/SIZE  /html-chunked/SIZE  /json/SIZE  /bytes/SIZE  /bytes-chunked/SIZE  /until-close/SIZE
 * /status/CODE  /slow/MILLIS  /cookies  /leaky  /moved  /empty  /unchanged  /cut/SIZE  /drop
 * </pre>
 *
 * Anything else is told back to the sender as text.
 */
final class Answers {
  private static final int MAX_SIZE = 8 << 20;
  private static final String HTML = "text/html; charset=utf-8";
  private static final String BINARY = "application/octet-stream";

  private Answers() {}

  static Answer to(ReceivedRequest request) {
    String[] segments = request.path().split("/", 4);
    String kind = segments.length > 1 ? segments[1] : "";
    int n = segments.length > 2 ? number(segments[2]) : 0;
    return switch (kind) {
      case "html" -> Answer.of(200, HTML, Pages.html(n)).with("ETag", "\"h" + n + "\"");
      case "html-chunked" -> Answer.of(200, HTML, Pages.html(n)).sent(Sending.CHUNKED);
      case "json" -> Answer.of(200, "application/json", Pages.json(n));
      case "bytes" -> Answer.of(200, BINARY, Pages.binary(n));
      case "bytes-chunked" -> Answer.of(200, BINARY, Pages.binary(n)).sent(Sending.CHUNKED);
      case "until-close" -> Answer.of(200, HTML, Pages.html(n)).sent(Sending.UNTIL_CLOSE);
      case "cut" -> Answer.of(200, BINARY, Pages.binary(n)).sent(Sending.CUT_OFF);
      case "drop" -> Answer.of(200, BINARY, new byte[0]).sent(Sending.DROPPED);
      case "slow" -> echo(request).after(Duration.ofMillis(Math.min(n, 10_000)));
      case "status" -> status(n == 0 ? 200 : n);
      default -> headersOf(kind, request);
    };
  }

  private static Answer headersOf(String kind, ReceivedRequest request) {
    return switch (kind) {
      case "empty" -> new Answer(204, List.of(), new byte[0], Sending.SIZED, Duration.ZERO);
      case "unchanged" -> Answer.of(304, HTML, new byte[0]).with("ETag", "\"same\"");
      case "moved" ->
          Answer.of(302, HTML, Pages.html(64))
              .with("Location", "http://origin1.internal:8000/landing?from=origin");
      case "cookies" ->
          echo(request)
              .with("Set-Cookie", "session=abc; Path=/; HttpOnly")
              .with("Set-Cookie", "theme=dark; secure; SameSite=None")
              .with("Set-Cookie", "lang=en");
      case "leaky" ->
          echo(request)
              .with("X-Powered-By", "PHP/5.2.17")
              .with("X-AspNet-Version", "2.0.50727")
              .with("X-Runtime", "0.013")
              .with("X-Frame-Options", "ALLOWALL")
              .with("Vary", "Accept")
              .with("Vary", "Cookie");
      default -> echo(request);
    };
  }

  private static Answer status(int status) {
    String page = "<html><body>status " + status + ", ask help@example.org</body></html>\n";
    return Answer.of(status, HTML, Pages.octets(page));
  }

  private static Answer echo(ReceivedRequest request) {
    StringBuilder text = new StringBuilder(request.head().startLine()).append('\n');
    for (Field field : request.head().fields()) {
      text.append(field).append('\n');
    }
    text.append("body: ").append(request.body().bytes().length).append(' ');
    text.append(digest(request.body().bytes())).append('\n');
    text.append("origin: ").append(request.origin()).append('\n');
    return Answer.of(200, "text/plain", text.toString().getBytes(StandardCharsets.ISO_8859_1));
  }

  private static String digest(byte[] bytes) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
      return HexFormat.of().formatHex(digest, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static int number(String text) {
    return text.matches("\\d{1,7}") ? Math.min(Integer.parseInt(text), MAX_SIZE) : 0;
  }
}

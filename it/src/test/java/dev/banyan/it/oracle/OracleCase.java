package dev.banyan.it.oracle;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A server's directives and requests to it, from a file of such cases.
 *
 * @param differs why Banyan's answer is another one; empty when it is the same
 */
record OracleCase(String name, String host, String config, List<String> requests, String differs) {
  private static final String CASE = "=== ";
  private static final String ASK = "--- ask";
  private static final String DIFFERS = "--- differs";

  OracleCase {
    requests = List.copyOf(requests);
  }

  static String resource(String name) {
    try (InputStream in = OracleCase.class.getResourceAsStream(name)) {
      return new String(
          Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The cases of a file beside this class. */
  static List<OracleCase> read(String file) {
    List<OracleCase> cases = new ArrayList<>();
    String[] texts = ("\n" + resource(file)).split("\n" + CASE);
    for (int i = 1; i < texts.length; i++) {
      cases.add(parse(texts[i], "case" + i + "." + file.replaceAll("\\W.*", "")));
    }
    return cases;
  }

  private static OracleCase parse(String text, String host) {
    String name = text.substring(0, text.indexOf('\n'));
    String differs = "";
    String body = text.substring(name.length() + 1);
    int reason = body.indexOf(DIFFERS);
    if (reason >= 0) {
      differs = body.substring(reason + DIFFERS.length()).strip();
      body = body.substring(0, reason);
    }
    String[] parts = body.split(ASK + "\n");
    List<String> requests = new ArrayList<>();
    for (int i = 1; i < parts.length; i++) {
      requests.add(request(parts[i], host));
    }
    return new OracleCase(name, host, parts[0], requests, differs);
  }

  /** Every octet but NUL, escaped; {@code %01-%FF} in a request stands for it. */
  private static final String OCTETS =
      IntStream.range(1, 256).mapToObj("%%%02X"::formatted).collect(Collectors.joining());

  /** {@code %*70000} in a request stands for a body of so many octets. */
  private static final Pattern LARGE = Pattern.compile("%\\*(\\d+)");

  /** A request as it goes out: with the case's host, closing the connection. */
  private static String request(String written, String host) {
    String text =
        LARGE
            .matcher(written.replace("%01-%FF", OCTETS))
            .replaceAll(found -> "o".repeat(Integer.parseInt(found.group(1))));
    int head = text.indexOf("\n\n");
    String fields = head < 0 ? text.stripTrailing() : text.substring(0, head);
    String body = head < 0 ? "" : text.substring(head + 2).stripTrailing();
    int line = fields.indexOf('\n');
    StringBuilder request =
        new StringBuilder(line < 0 ? fields : fields.substring(0, line))
            .append("\r\nHost: ")
            .append(host);
    if (line >= 0) {
      request.append("\r\n").append(fields.substring(line + 1).replace("\n", "\r\n"));
    }
    if (!body.isEmpty()
        && !fields.contains("Transfer-Encoding")
        && !fields.contains("\nContent-Length:")) {
      request.append("\r\nContent-Length: ").append(body.length());
    }
    if (!fields.contains("\nConnection:")) {
      request.append("\r\nConnection: close");
    }
    return request.append("\r\n\r\n").append(body.replace("\\r\\n", "\r\n")).toString();
  }

  String server() {
    return "server { listen 127.0.0.1:PORT; server_name " + host + ";\n" + config + "\n}\n";
  }
}

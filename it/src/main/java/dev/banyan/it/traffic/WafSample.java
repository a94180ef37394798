package dev.banyan.it.traffic;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What one rule of the WAF must catch, and what looks like it.
 *
 * @param target {@code uri}, {@code args}, {@code headers} or {@code body}
 */
public record WafSample(int rule, String target, String hit, String miss) {
  private static final Pattern REPEAT = Pattern.compile("<<(.)\\*(\\d+)>>");

  /** One for each rule, in the order of the rules. */
  public static List<WafSample> all() {
    try (InputStream in = WafSample.class.getResourceAsStream("waf-samples.tsv")) {
      byte[] bytes = Objects.requireNonNull(in, "waf-samples.tsv").readAllBytes();
      return new String(bytes, StandardCharsets.ISO_8859_1)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(WafSample::parse)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static WafSample parse(String line) {
    String[] columns = line.split("\t", -1);
    return new WafSample(
        Integer.parseInt(columns[0]), columns[1], expand(columns[2]), expand(columns[3]));
  }

  private static String expand(String text) {
    Matcher repeat = REPEAT.matcher(text);
    return repeat.replaceAll(m -> m.group(1).repeat(Integer.parseInt(m.group(2))));
  }

  /** The id under which the edge logs the request that carries {@link #hit}. */
  public String hitId() {
    return "waf-hit-" + rule;
  }

  /** The id under which the edge logs the request that carries {@link #miss}. */
  public String missId() {
    return "waf-miss-" + rule;
  }

  /** The request that carries one of the two texts to a tenant. */
  RequestText request(String text, String host, String client) {
    boolean body = target.equals("body");
    String path =
        switch (target) {
          case "uri" -> text;
          case "args" -> "/search?" + text;
          default -> "/form";
        };
    RequestText request =
        new RequestText(body ? "POST" : "GET", path, host)
            .header("User-Agent", Cast.FIREFOX)
            .header("X-Forwarded-For", client)
            .header("X-Request-Id", text.equals(hit) ? hitId() : missId());
    if (target.equals("headers")) {
      request.header(text.startsWith("multipart/") ? "Content-Type" : "Referer", text);
    }
    return body
        ? request
            .header("Content-Type", "application/x-www-form-urlencoded")
            .sized(RequestText.octets(text))
        : request;
  }
}

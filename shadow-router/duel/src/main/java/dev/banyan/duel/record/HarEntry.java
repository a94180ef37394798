package dev.banyan.duel.record;

import dev.banyan.duel.suite.Field;
import dev.banyan.duel.suite.OriginAnswer;
import dev.banyan.duel.suite.Request;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** One entry of a HAR file. */
final class HarEntry {
  private HarEntry() {}

  /**
   * Its request.
   *
   * @throws IllegalArgumentException for an entry without a method or an address
   */
  static Request request(JsonNode entry) {
    JsonNode request = entry.path("request");
    String method = request.path("method").asString("");
    String url = request.path("url").asString("");
    if (!method.matches("[A-Za-z]+") || !url.matches("https?://[^/?#]+.*")) {
      throw new IllegalArgumentException("expected request.method and request.url");
    }
    String rest = url.substring(url.indexOf("//") + 2);
    int slash = rest.indexOf('/');
    String host = slash < 0 ? rest : rest.substring(0, slash);
    String target = slash < 0 ? "/" : rest.substring(slash).replaceAll("#.*", "");
    List<Field> fields = new ArrayList<>(List.of(new Field("Host", octets(host))));
    for (JsonNode header : request.path("headers")) {
      String name = header.path("name").asString("");
      if (name.matches("[!-9;-~]+") && !name.equalsIgnoreCase("host")) {
        fields.add(new Field(name, octets(header.path("value").asString(""))));
      }
    }
    String body = octets(request.path("postData").path("text").asString(""));
    return new Request(method, ascii(target), "HTTP/1.1", fields, body);
  }

  /** What its origin may have answered: the type and the size are kept, not the text. */
  static OriginAnswer answer(JsonNode entry) {
    JsonNode response = entry.path("response");
    int status = response.path("status").asInt(200);
    String type = response.path("content").path("mimeType").asString("text/plain");
    int size = Math.clamp(response.path("content").path("size").asInt(0), 0, 1 << 20);
    boolean whole = status >= 200 && status < 600;
    return OriginAnswer.of(
        whole ? status : 200,
        List.of(new Field("Content-Type", type.replaceAll("[^ -~]", ""))),
        "recorded, here without its text\n".repeat(size / 32));
  }

  private static String octets(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }

  /** Browsers write some chars of an address that no request line holds. */
  private static String ascii(String target) {
    StringBuilder out = new StringBuilder();
    String octets = octets(target);
    for (int i = 0; i < octets.length(); i++) {
      char c = octets.charAt(i);
      out.append(c > ' ' && c < 0x7f ? String.valueOf(c) : String.format("%%%02X", (int) c));
    }
    return out.toString();
  }
}

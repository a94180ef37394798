package dev.banyan.duel.record;

import dev.banyan.duel.suite.Field;
import dev.banyan.duel.suite.OriginAnswer;
import dev.banyan.duel.suite.Request;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** One entry of a HAR file. */
final class HarEntry {
  /** A host, after the user that a browser may have kept with it, and what is asked there. */
  private static final Pattern ADDRESS = Pattern.compile("(?:[^/?]*@)?([^/?@]+)(.*)");

  private HarEntry() {}

  /**
   * Its request.
   *
   * @throws IllegalArgumentException for an entry without a method or an address, and a WebSocket
   */
  static Request request(JsonNode entry) {
    JsonNode request = entry.path("request");
    String method = request.path("method").asString("");
    String url = request.path("url").asString("");
    if (!method.matches("[A-Za-z_-]+") || !url.matches("https?://[^/?#]+.*")) {
      throw new IllegalArgumentException("expected request.method and request.url");
    }
    String rest = url.substring(url.indexOf("//") + 2).replaceAll("#.*", "");
    Matcher split = ADDRESS.matcher(rest);
    if (!split.matches()) {
      throw new IllegalArgumentException("expected a host in request.url");
    }
    String host = split.group(1);
    String target = split.group(2).startsWith("/") ? split.group(2) : "/" + split.group(2);
    List<Field> fields = new ArrayList<>(List.of(new Field("Host", octets(host))));
    for (JsonNode header : request.path("headers")) {
      String name = header.path("name").asString("");
      if (name.equalsIgnoreCase("Upgrade")
          && header.path("value").asString("").equalsIgnoreCase("websocket")) {
        throw new IllegalArgumentException("a WebSocket can't be asked again");
      }
      if (name.matches("[!-9;-~]+") && !name.equalsIgnoreCase("host")) {
        fields.add(new Field(name, octets(header.path("value").asString(""))));
      }
    }
    String type = request.at("/postData/mimeType").asString("").replaceAll("[^ -~]", "");
    if (!type.isEmpty() && fields.stream().noneMatch(HarEntry::isType)) {
      fields.add(new Field("Content-Type", type)); // which some keep beside the body alone
    }
    String body = body(request.path("postData"));
    return new Request(method, ascii(target), "HTTP/1.1", fields, body);
  }

  private static boolean isType(Field field) {
    return field.name().equalsIgnoreCase("Content-Type");
  }

  /** Its text; where a browser kept the fields of a form alone, these. */
  private static String body(JsonNode data) {
    String text = data.path("text").asString("");
    if (data.path("encoding").asString("").equals("base64")) {
      try {
        return new String(Base64.getMimeDecoder().decode(text), StandardCharsets.ISO_8859_1);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException("request.postData.text is no base64", e);
      }
    }
    boolean files = data.path("mimeType").asString("").startsWith("multipart/");
    return text.isEmpty() && !files ? form(data.path("params")) : octets(text);
  }

  private static String form(JsonNode params) {
    List<String> pairs = new ArrayList<>();
    for (JsonNode param : params) {
      String name = URLEncoder.encode(param.path("name").asString(""), StandardCharsets.UTF_8);
      String value = URLEncoder.encode(param.path("value").asString(""), StandardCharsets.UTF_8);
      pairs.add(name + "=" + value);
    }
    return String.join("&", pairs);
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

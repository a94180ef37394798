package dev.banyan.benchmarks.edge;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The requests that one run of the pipeline handles: mostly passed on, some answered early. */
final class RequestMix {
  private static final String BROWSER =
      "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Safari/537.36";
  private static final Map<String, String> JSON = Map.of("content-type", "application/json");
  private static final Map<String, String> HTML =
      Map.of(
          "content-type", "text/html; charset=utf-8",
          "x-powered-by", "PHP/7.4",
          "content-length", "312",
          "set-cookie", "sid=1f2e3d; Path=/; HttpOnly");
  private static final List<String> PAGE =
      List.of(
          "<html><head><title>Contact</title></head><body><p>Write to sales@exa",
          "mple.com or, for help, to support@example.com.</p></body></html>");

  private RequestMix() {}

  /** The requests, with {@code token} as a good token of tenant t001. */
  static List<EdgeRequest> requests(String token) {
    Map<String, String> bearer = Map.of("authorization", "Bearer " + token);
    Map<String, String> form = Map.of("content-type", "application/x-www-form-urlencoded");
    return List.of(
        get("t002.example.com", "/", "", Map.of(), HTML, PAGE),
        get("t001.example.com", "/api/1/items", "page=2&size=50", bearer, JSON, List.of("{}")),
        get("t003.example.com", "/shop", "q=blue+shoes&utm_source=mail&ts=17", Map.of(), JSON),
        get("t004.example.com", "/team", "", Map.of(), HTML, PAGE),
        get("t004.example.com", "/blog/archive/2014/05", "a=1", Map.of(), JSON),
        get("t001.example.com", "/item-42.html", "", bearer, JSON),
        get("t001.example.com", "/api/1/items", "", Map.of(), JSON),
        get("t006.example.com", "/v1/orders/77", "sort=date&dir=up", cookie("session=ab12"), JSON),
        get("t007.example.com", "/search", "q=1'+or+'1'='1", Map.of(), JSON),
        get("t005.example.com", "/x", "", Map.of("user-agent", "sqlmap/1.5"), JSON),
        get("t002.example.com", "/a", "", Map.of("x-forwarded-for", "198.51.100.7"), JSON),
        new EdgeRequest(
            "POST",
            "t003.example.com",
            "/cart",
            "",
            headers(form, "content-length", "27"),
            "item=41&count=2&note=please",
            JSON,
            List.of("{\"ok\":true}")),
        get("nobody.example.org", "/", "", Map.of(), JSON),
        get("t008.example.com", "/assets/0a1b2c3d/site.css", "", Map.of(), JSON),
        get("t009.example.com", "/files/report.pdf", "", bearer, JSON),
        get("www.t007.example.net", "/static/logo.svg", "v=3&w=200&h=80", Map.of(), JSON));
  }

  private static EdgeRequest get(
      String host, String path, String args, Map<String, String> more, Map<String, String> answer) {
    return get(host, path, args, more, answer, List.of("[1,2,3]"));
  }

  private static EdgeRequest get(
      String host,
      String path,
      String args,
      Map<String, String> more,
      Map<String, String> answer,
      List<String> pieces) {
    return new EdgeRequest(
        "GET", host, path, args, headers(more, "accept", "*/*"), "", answer, pieces);
  }

  private static Map<String, String> cookie(String text) {
    return Map.of("cookie", text);
  }

  private static Map<String, String> headers(Map<String, String> more, String name, String value) {
    Map<String, String> headers = new HashMap<>();
    headers.put("user-agent", BROWSER);
    headers.put("accept-encoding", "gzip, deflate, br");
    headers.put("accept-language", "en-US,en;q=0.9");
    headers.put("x-forwarded-for", "10.20.30.40");
    headers.put(name, value);
    headers.putAll(more);
    return headers;
  }
}

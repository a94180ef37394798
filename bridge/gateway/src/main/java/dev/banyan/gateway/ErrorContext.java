package dev.banyan.gateway;

/** What nginx adds to an error log line of a request. */
final class ErrorContext {
  private ErrorContext() {}

  static String of(Request request, String upstreamUrl) {
    Client client = request.client();
    StringBuilder out = new StringBuilder(160);
    out.append(", client: ").append(client.address());
    out.append(", server: ").append(request.server().primaryName());
    String line = client.exchange().requestLine();
    if (!line.isEmpty()) {
      out.append(", request: \"").append(line).append('"');
    }
    if (!request.isMain()) {
      out.append(", subrequest: \"").append(request.uri()).append('"');
    }
    if (!upstreamUrl.isEmpty()) {
      out.append(", upstream: \"").append(upstreamUrl).append('"');
    }
    String host = request.headers().first("Host");
    if (host != null) {
      out.append(", host: \"").append(host).append('"');
    }
    String referrer = request.headers().first("Referer");
    if (referrer != null) {
      out.append(", referrer: \"").append(referrer).append('"');
    }
    return out.toString();
  }
}

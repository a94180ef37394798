package dev.banyan.gateway;

import dev.banyan.api.FieldNames;
import dev.banyan.api.Headers;
import dev.banyan.nginx.ProxySettings;
import dev.banyan.nginx.ProxyTarget;
import dev.banyan.nginx.script.VariableScope;

/** The fields of the request that goes to an origin. */
final class ProxyRequestHead {
  private static final FieldNames REPLACED =
      FieldNames.of(
          "host",
          "connection",
          "content-length",
          "transfer-encoding",
          "te",
          "keep-alive",
          "expect",
          "upgrade");

  private static final FieldNames PARTIAL =
      FieldNames.of(
          "if-modified-since",
          "if-unmodified-since",
          "if-none-match",
          "if-match",
          "range",
          "if-range");

  /** What this adds to the configured fields and the request's at most. */
  private static final int OWN_FIELDS = 3;

  private ProxyRequestHead() {}

  /**
   * Builds the fields.
   *
   * @param values what the configured fields are made of
   * @param sent the request's own fields
   * @param length of the body, -1 for none
   * @param chunked whether the body goes out chunked
   */
  static Headers of(
      VariableScope values,
      Headers sent,
      ProxySettings proxy,
      ProxyTarget target,
      long length,
      boolean chunked) {
    int room = proxy.setHeaders().size() + OWN_FIELDS + sent.size();
    Headers out = Headers.withRoomFor(room);
    for (ProxySettings.SetHeader header : proxy.setHeaders()) {
      String value = header.value().evaluate(values);
      if (!value.isEmpty()) {
        out.add(header.name(), unfolded(value));
      }
    }
    if (!configured(proxy, "Host")) {
      out.add("Host", target.authority());
    }
    if (!configured(proxy, "Connection")) {
      out.add("Connection", "close");
    }
    if (length >= 0 && !chunked && !configured(proxy, "Content-Length")) {
      out.add("Content-Length", Long.toString(length));
    }
    if (chunked && !configured(proxy, "Transfer-Encoding")) {
      out.add("Transfer-Encoding", "chunked");
    }
    if (proxy.passRequestHeaders()) {
      for (int i = 0; i < sent.size(); i++) {
        String name = sent.name(i);
        if (!REPLACED.contains(name) && !configured(proxy, name)) {
          out.add(name, sent.value(i));
        }
      }
    }
    return out;
  }

  /** The fields of a request without those that ask for less than the whole answer. */
  static Headers whole(Headers sent) {
    Headers whole = Headers.withRoomFor(sent.size());
    for (int i = 0; i < sent.size(); i++) {
      if (!PARTIAL.contains(sent.name(i))) {
        whole.add(sent.name(i), sent.value(i));
      }
    }
    return whole;
  }

  /** Adds fields that no directive sets. */
  static void add(Headers head, Headers fields, ProxySettings proxy) {
    for (int i = 0; i < fields.size(); i++) {
      if (!configured(proxy, fields.name(i))) {
        head.add(fields.name(i), fields.value(i));
      }
    }
  }

  /**
   * A value that goes on in further lines, as of {@code $ssl_client_cert}, in one (RFC 9112, 5.2).
   */
  private static String unfolded(String value) {
    return value.indexOf('\t') < 0 ? value : value.replace("\n\t", " ");
  }

  /** Whether {@code proxy_set_header} names it. */
  static boolean configured(ProxySettings proxy, String name) {
    for (ProxySettings.SetHeader header : proxy.setHeaders()) {
      if (header.name().length() == name.length() && header.name().equalsIgnoreCase(name)) {
        return true;
      }
    }
    return false;
  }
}

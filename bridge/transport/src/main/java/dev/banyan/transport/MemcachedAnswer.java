package dev.banyan.transport;

import dev.banyan.api.Headers;
import org.jspecify.annotations.Nullable;

/** Owned by its connection's loop: what memcached answers, in the place of an answer of HTTP. */
abstract class MemcachedAnswer implements Upstream.Response, BodySource {
  private final int status;
  private final Headers headers = new Headers();

  /** An answer with so many octets behind it; fewer than none where there is no value. */
  MemcachedAnswer(int status, long length) {
    this.status = status;
    if (length >= 0) {
      headers.add("Content-Length", Long.toString(length));
    }
  }

  @Override
  public final int status() {
    return status;
  }

  @Override
  public final String statusLine() {
    return "";
  }

  @Override
  public final int version() {
    return 10;
  }

  @Override
  public final Headers headers() {
    return headers;
  }

  @Override
  public final BodySource body() {
    return this;
  }

  @Override
  public final @Nullable RawSocket upgraded() {
    return null;
  }
}

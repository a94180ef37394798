package dev.banyan.transport;

import dev.banyan.api.Headers;
import org.jspecify.annotations.Nullable;

/** Owned by its connection's loop: an answer of an origin. */
final class UpstreamResponse implements Upstream.Response {
  private final UpstreamConnection connection;
  private final AnswerHead head;
  private final Http1Body body;
  private final @Nullable RawChannel upgraded;
  private boolean released;

  UpstreamResponse(
      UpstreamConnection connection,
      AnswerHead head,
      Http1Body body,
      @Nullable RawChannel upgraded) {
    this.connection = connection;
    this.head = head;
    this.body = body;
    this.upgraded = upgraded;
  }

  @Override
  public int status() {
    return head.status();
  }

  @Override
  public String statusLine() {
    return head.statusLine();
  }

  @Override
  public int version() {
    return head.version();
  }

  @Override
  public Headers headers() {
    return head.headers();
  }

  @Override
  public BodySource body() {
    return body;
  }

  @Override
  public @Nullable RawSocket upgraded() {
    return upgraded;
  }

  @Override
  public void release() {
    if (!released) {
      released = true;
      if (upgraded != null) {
        upgraded.close();
      } else {
        connection.release(head, body);
      }
    }
  }
}

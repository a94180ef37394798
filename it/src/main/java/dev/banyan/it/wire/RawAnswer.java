package dev.banyan.it.wire;

/**
 * A response as it stood on the wire.
 *
 * @param closed whether the server said that it would close the connection
 */
public record RawAnswer(Head head, Payload body, boolean closed) {
  /** The status. */
  public int status() {
    return head.status();
  }
}

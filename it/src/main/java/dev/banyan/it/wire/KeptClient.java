package dev.banyan.it.wire;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Owned by one thread: one client's requests, over a connection that is made when it is needed. */
public final class KeptClient implements AutoCloseable {
  private final InetSocketAddress server;
  private final Duration patience;
  private @Nullable RawClient open;

  /** A client of that server, which waits so long for anything. */
  public KeptClient(InetSocketAddress server, Duration patience) {
    this.server = server;
    this.patience = patience;
  }

  /**
   * Asks, and keeps the connection if it outlives the answer.
   *
   * @throws IOException when no answer came; the connection is gone then
   */
  public RawAnswer exchange(byte[] request, String method) throws IOException {
    boolean kept = false;
    try {
      RawClient client = open == null ? RawClient.connect(server, patience) : open;
      open = client;
      RawAnswer answer = client.exchange(request, method);
      kept = !answer.closed();
      return answer;
    } finally {
      if (!kept) {
        close();
      }
    }
  }

  @Override
  public void close() {
    RawClient client = open;
    open = null;
    if (client == null) {
      return;
    }
    try {
      client.close();
    } catch (IOException e) {
      // a connection that is gone needs no closing
    }
  }
}

package dev.banyan.it.wire;

import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;

/**
 * Confined to one thread: one client connection that sends exactly the bytes it is given and reads
 * what comes back, over as many requests as the server keeps it open for.
 */
public final class RawClient implements AutoCloseable {
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration REST_OF_REQUEST = Duration.ofSeconds(10);

  private final Socket socket;
  private final WireReader reader;

  private RawClient(Socket socket, WireReader reader) {
    this.socket = socket;
    this.reader = reader;
  }

  /** Connects; a read that takes longer than {@code patience} fails. */
  public static RawClient connect(InetSocketAddress to, Duration patience) throws IOException {
    Socket socket = new Socket();
    try {
      socket.setTcpNoDelay(true);
      socket.setSoTimeout((int) patience.toMillis());
      socket.connect(to, (int) CONNECT.toMillis());
      return new RawClient(socket, new WireReader(socket.getInputStream()));
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  /** Sends without waiting for an answer. */
  public void send(byte[] bytes) throws IOException {
    OutputStream out = socket.getOutputStream();
    out.write(bytes);
    out.flush();
  }

  /** The next final response; interim ones are passed over. */
  public RawAnswer receive(String method) throws IOException {
    while (true) {
      Head head =
          reader.head().orElseThrow(() -> new EOFException("the server closed without an answer"));
      if (head.status() >= 200) {
        Payload body = reader.responseBody(head, method);
        boolean closed =
            head.lists("Connection", "close")
                || body.framing() == Framing.UNTIL_CLOSE
                || !body.complete();
        return new RawAnswer(head, body, closed);
      }
    }
  }

  /**
   * Sends a request and reads its answer at the same time, because a server may answer before it
   * has read all of a large body.
   */
  public RawAnswer exchange(byte[] request, String method) throws IOException {
    Thread sender = Thread.ofVirtual().start(() -> sendWhatIsWanted(request));
    RawAnswer answer = receive(method);
    if (!answer.closed()) {
      awaitRest(sender);
    }
    return answer;
  }

  private void sendWhatIsWanted(byte[] request) {
    try {
      send(request);
    } catch (IOException refused) {
      // The server has answered or closed before it read everything: receive() reports which.
      return;
    }
  }

  private static void awaitRest(Thread sender) throws IOException {
    try {
      if (!sender.join(REST_OF_REQUEST)) {
        throw new IOException("the server answered, but does not read the rest of the request");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while sending", e);
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}

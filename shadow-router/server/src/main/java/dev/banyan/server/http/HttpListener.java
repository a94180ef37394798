package dev.banyan.server.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * For any thread: listens at an address, each connection on a virtual thread of its own. No client
 * holds one for long: a request must come within {@link Rules#patience}, and who doesn't read is
 * let go.
 */
public final class HttpListener implements AutoCloseable {
  /** Connections at most; a further one is closed. */
  public static final int MAX_CONNECTIONS = 512;

  private static final Logger LOG = LoggerFactory.getLogger(HttpListener.class);
  private static final int BACKLOG = 128;
  private static final Duration SWEEP = Duration.ofSeconds(1);

  private final ServerSocket server;
  private final Rules rules;
  private final Set<Connection> connections = ConcurrentHashMap.newKeySet();

  /**
   * How requests are answered.
   *
   * @param patience how long a request may take to come
   */
  public record Rules(Handler handler, Refusal refusal, Duration patience, InstantSource clock) {}

  /** Answers a request. */
  @FunctionalInterface
  public interface Handler {
    /** Answers it whole, or not at all when the connection is to be ended. */
    void handle(Exchange exchange) throws IOException;
  }

  /** Answers what is no request. */
  @FunctionalInterface
  public interface Refusal {
    /** Answers with this status. */
    void answer(Exchange exchange, int status, String message) throws IOException;
  }

  private HttpListener(ServerSocket server, Rules rules) {
    this.server = server;
    this.rules = rules;
  }

  /**
   * Starts listening.
   *
   * @throws IOException when the address can't be had
   */
  public static HttpListener start(InetSocketAddress address, Rules rules) throws IOException {
    ServerSocket server = new ServerSocket();
    try {
      server.bind(address, BACKLOG);
    } catch (IOException e) {
      server.close();
      throw e;
    }
    HttpListener listener = new HttpListener(server, rules);
    Thread.ofVirtual().name("banyan-admin").start(listener::accept);
    Thread.ofVirtual().name("banyan-admin-sweep").start(listener::sweep);
    return listener;
  }

  /** Where it listens. */
  public InetSocketAddress address() {
    return (InetSocketAddress) server.getLocalSocketAddress();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        take(server.accept());
      } catch (IOException e) {
        if (!server.isClosed()) {
          LOG.warn("the admin listener can't take a connection: {}", e.toString());
          pause();
        }
      }
    }
  }

  private void take(Socket socket) throws IOException {
    Connection connection;
    try {
      connection = new Connection(socket, rules);
    } catch (IOException e) {
      socket.close();
      return;
    }
    if (connections.size() >= MAX_CONNECTIONS) {
      connection.close();
      return;
    }
    connections.add(connection);
    Thread.ofVirtual()
        .name("banyan-admin-client")
        .start(() -> {
          try {
            connection.run();
          } finally {
            connections.remove(connection);
          }
        });
    if (server.isClosed()) {
      connection.close(); // it came in between, and nobody else would
    }
  }

  /** Lets those go that don't read. */
  private void sweep() {
    while (!server.isClosed() && pause()) {
      connections.stream().filter(Connection::isStuck).forEach(Connection::close);
    }
  }

  private static boolean pause() {
    try {
      Thread.sleep(SWEEP);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      LOG.warn("the admin listener can't be closed: {}", e.toString());
    }
    connections.forEach(Connection::close);
  }
}

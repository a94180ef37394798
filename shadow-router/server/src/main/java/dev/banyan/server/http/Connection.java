package dev.banyan.server.http;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Owned by its thread, but for {@link #isStuck} and {@link #close}: a client's connection. */
final class Connection implements Runnable, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Connection.class);

  /** How long a connection may stand without a request. */
  private static final Duration IDLE = Duration.ofSeconds(30);

  /** How long a client may take nothing of what is sent to it. */
  private static final Duration STUCK = Duration.ofSeconds(20);

  /** What a client may still send behind an answer, so that it gets to read that. */
  private static final int MOST_LEFTOVER = 1024 * 1024;

  private static final int SENDING = 64 * 1024;

  private static final Duration LEFTOVER = Duration.ofSeconds(1);

  private final Socket socket;
  private final HttpListener.Rules rules;
  private final TimedInput in;
  private final WatchedOutput watched;
  private final OutputStream out;

  Connection(Socket socket, HttpListener.Rules rules) throws IOException {
    this.socket = socket;
    this.rules = rules;
    socket.setTcpNoDelay(true);
    socket.setSendBufferSize(SENDING); // what is in there is taken for read
    this.in = new TimedInput(socket);
    this.watched = new WatchedOutput(socket.getOutputStream());
    this.out = new BufferedOutputStream(watched);
  }

  @Override
  public void run() {
    try {
      in.within(rules.patience());
      while (in.comes()) {
        in.within(rules.patience());
        if (!answer()) {
          linger();
          return;
        }
        in.within(IDLE);
      }
    } catch (IOException e) {
      LOG.debug("a client of the admin listener has gone: {}", e.toString());
    } finally {
      close();
    }
  }

  /** Answers a request; whether a further one may come. */
  private boolean answer() throws IOException {
    Exchange exchange = new Exchange(RequestHead.NONE, null, out, rules.clock());
    try {
      RequestHead head = RequestHead.read(in);
      exchange = new Exchange(head, RequestBody.of(head, in), out, rules.clock());
      rules.handler().handle(exchange);
      return exchange.end();
    } catch (Malformed e) {
      refuse(exchange, e.status(), String.valueOf(e.getMessage()));
    } catch (SocketTimeoutException e) {
      refuse(
          exchange, 408, "the request did not come within " + rules.patience().toSeconds() + " s");
    }
    return false;
  }

  private void refuse(Exchange exchange, int status, String message) throws IOException {
    if (exchange.status() == 0) {
      Exchange last = new Exchange(RequestHead.NONE, null, out, rules.clock());
      rules.refusal().answer(last, status, message);
      last.end();
    }
  }

  /** Who still sends when the connection is closed may not get to see the answer. */
  private void linger() throws IOException {
    socket.shutdownOutput();
    in.within(LEFTOVER);
    byte[] dropped = new byte[8 * 1024];
    int count = 0;
    for (int read = 0; read >= 0 && count < MOST_LEFTOVER; count += read) {
      read = in.comes() ? in.read(dropped, 0, dropped.length) : -1;
    }
  }

  /** Whether its client takes nothing of what is sent to it. */
  boolean isStuck() {
    return watched.stuckNanos() > STUCK.toNanos();
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      LOG.debug("a connection of the admin listener can't be closed: {}", e.toString());
    }
  }
}

package dev.banyan.gateway;

import dev.banyan.nginx.IpAddress;
import dev.banyan.transport.HttpExchange;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** Owned by its connection's loop: the client of a request, as {@code realip} sees it. */
final class Client {
  private final HttpExchange exchange;
  private final InetSocketAddress remote;
  private final InetSocketAddress local;
  private final SentHost sentHost;
  private final String host;
  private final RequestTarget target;
  private final long startMillis;
  private final byte @Nullable [] peer;
  private byte @Nullable [] address;
  private int port;
  private @Nullable String requestId;
  private @Nullable String addressText;
  private boolean realAddressTaken;
  private int moves;
  private String action = "";

  /** What is being done for it, as lines of the error log end; empty for nothing. */
  String action() {
    return action;
  }

  void action(String what) {
    action = what;
  }

  Client(
      HttpExchange exchange,
      @Nullable Enclosure enclosure,
      RequestTarget target,
      SentHost sentHost,
      String host,
      long startMillis) {
    this.sentHost = sentHost;
    this.exchange = exchange;
    this.target = target;
    this.host = host;
    this.startMillis = startMillis;
    this.remote = Enclosure.client(enclosure, exchange);
    this.local = Enclosure.server(enclosure, exchange);
    InetAddress remoteHost = remote.getAddress();
    this.peer = remoteHost == null ? null : IpAddress.unmapped(remoteHost.getAddress());
    this.address = peer;
    this.port = remote.getPort();
  }

  HttpExchange exchange() {
    return exchange;
  }

  RequestTarget target() {
    return target;
  }

  String method() {
    return exchange.method();
  }

  /** The host as the client wrote it. */
  SentHost sentHost() {
    return sentHost;
  }

  /** The host that was asked for, in lower case without a port; empty when none was. */
  String host() {
    return host;
  }

  /** Milliseconds since the epoch when the request began. */
  long startMillis() {
    return startMillis;
  }

  /** The client's address in octets; null for a Unix socket. */
  byte @Nullable [] addressBytes() {
    return address;
  }

  /** The client's address as text. */
  String address() {
    String text = addressText;
    if (text == null) {
      text = address == null ? "unix:" : IpAddress.text(address);
      addressText = text;
    }
    return text;
  }

  int port() {
    return port;
  }

  /** The address of the connection itself. */
  String peerAddress() {
    return peer == null ? "unix:" : IpAddress.text(peer);
  }

  byte @Nullable [] peerBytes() {
    return peer;
  }

  /** Takes the address that {@code realip} found. */
  void realAddress(byte[] real, int realPort) {
    realAddressTaken = true;
    moves++;
    address = real;
    addressText = null;
    port = realPort;
  }

  /** How often it took another address. */
  int moves() {
    return moves;
  }

  /** Whether {@code realip} has found an address. */
  boolean realAddressTaken() {
    return realAddressTaken;
  }

  /** The address that the client connected to. */
  String localHost() {
    return Addresses.text(local);
  }

  /** The client's end of the connection. */
  InetSocketAddress remote() {
    return remote;
  }

  /** The server's end of the connection. */
  InetSocketAddress local() {
    return local;
  }

  /** Whether the protocol and the client's Connection field allow another request. */
  boolean keepsAlive() {
    String connection = exchange.requestHeaders().first("Connection");
    if (exchange.version() >= 11) {
      return connection == null || !connection.toLowerCase(java.util.Locale.ROOT).contains("close");
    }
    return connection != null
        && connection.toLowerCase(java.util.Locale.ROOT).contains("keep-alive");
  }

  /** {@code $request_id}: 32 random hex digits. */
  String requestId() {
    String id = requestId;
    if (id == null) {
      byte[] random = new byte[16];
      ThreadLocalRandom.current().nextBytes(random);
      id = HexFormat.of().formatHex(random);
      requestId = id;
    }
    return id;
  }

  /** The version of HTTP as Lua knows it. */
  double httpVersion() {
    return switch (exchange.version()) {
      case 9 -> 0.9;
      case 10 -> 1.0;
      case 20 -> 2.0;
      default -> 1.1;
    };
  }
}

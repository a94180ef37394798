package dev.banyan.transport;

import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * For any thread but an event loop's: who started this process and wants to be told how it goes, by
 * a datagram to the socket that the environment names, as systemd does with {@code Type=notify}.
 */
public final class ServiceManager {
  /** The environment's name for the socket. */
  public static final String VARIABLE = "NOTIFY_SOCKET";

  private ServiceManager() {}

  /**
   * Tells it, where there is one.
   *
   * @param place what the environment names; null for nobody
   * @param news assignments, one a line, such as {@code READY=1}
   * @throws IOException when it can't be reached
   */
  public static void tell(@Nullable String place, String news) throws IOException {
    if (place == null || place.isEmpty()) {
      return;
    }
    NativeSockets.require();
    byte[] octets = news.getBytes(StandardCharsets.UTF_8);
    ByteBuffer buffer = ByteBuffer.allocateDirect(octets.length).put(octets);
    String path = place.startsWith("@") ? "\0" + place.substring(1) : place;
    Socket socket = Socket.newSocketDomainDgram();
    try {
      socket.sendToDomainSocket(buffer, 0, octets.length, path.getBytes(StandardCharsets.UTF_8));
    } finally {
      socket.close();
    }
  }
}

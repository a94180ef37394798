package dev.banyan.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.unix.Socket;
import java.io.Closeable;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.charset.StandardCharsets;

/**
 * Owned by one thread: sends datagrams to one address, and forgets what the system doesn't take at
 * once.
 */
public interface DatagramSender extends Closeable {
  /** Sends a part of an array. */
  void send(byte[] octets, int from, int to) throws IOException;

  /** A sender to an address: of the network, or the path of a Unix socket. */
  static DatagramSender to(SocketAddress address) throws IOException {
    if (address instanceof UnixDomainSocketAddress unix) {
      return new Unix(unix);
    }
    DatagramChannel channel = DatagramChannel.open();
    channel.configureBlocking(false);
    return new Network(channel, address);
  }

  /** UDP. */
  record Network(DatagramChannel channel, SocketAddress address) implements DatagramSender {
    @Override
    public void send(byte[] octets, int from, int to) throws IOException {
      channel.send(ByteBuffer.wrap(octets, from, to - from), address);
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }

  /** A Unix socket, which the JDK has no datagrams for. */
  final class Unix implements DatagramSender {
    private final Socket socket;
    private final byte[] path;

    private Unix(UnixDomainSocketAddress address) throws IOException {
      if (!Epoll.isAvailable()) {
        throw new IOException("no Unix datagram sockets on this system");
      }
      this.socket = Socket.newSocketDomainDgram();
      this.path = address.getPath().toString().getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void send(byte[] octets, int from, int to) throws IOException {
      ByteBuf copy = Unpooled.directBuffer(to - from).writeBytes(octets, from, to - from);
      try {
        socket.sendToDomainSocket(copy.internalNioBuffer(0, to - from), 0, to - from, path);
      } finally {
        copy.release();
      }
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}

package dev.banyan.gateway;

import dev.banyan.nginx.HostPort;
import dev.banyan.transport.DatagramSender;
import java.io.IOException;
import java.io.OutputStream;
import java.net.SocketAddress;

/** Owned by the logs' thread: a syslog server; each line that is written is a message. */
final class SyslogOutput extends OutputStream {
  private final DatagramSender sender;

  /** Looks the server up, which blocks. */
  SyslogOutput(HostPort server) throws IOException {
    SocketAddress address = Addresses.resolve(server).getFirst();
    this.sender = DatagramSender.to(address);
  }

  @Override
  public void write(int octet) throws IOException {
    write(new byte[] {(byte) octet}, 0, 1);
  }

  /** Sends a line without its newline. */
  @Override
  public void write(byte[] octets, int from, int count) throws IOException {
    int end = from + count;
    boolean newline = count > 0 && octets[end - 1] == '\n';
    sender.send(octets, from, newline ? end - 1 : end);
  }

  @Override
  public void close() throws IOException {
    sender.close();
  }
}

package dev.banyan.it.load;

import dev.banyan.it.process.Grounds;
import dev.banyan.it.process.Program;
import dev.banyan.it.process.Usage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * {@code scripts/bench idle}: what a connection costs that has had an answer and now rests. Each of
 * some thousands asks once for the health page, which no origin is needed for.
 */
public final class IdleRun {
  private static final int WARM_UP = 2_000;
  private static final Duration SETTLE = Duration.ofSeconds(25);
  private static final byte[] REQUEST =
      "GET /edge/health HTTP/1.1\r\nHost: t002.example.com\r\n\r\n"
          .getBytes(java.nio.charset.StandardCharsets.US_ASCII);

  private IdleRun() {}

  /** Arguments: the checkout's folder, and the number of connections (10000). */
  public static void main(String[] args) throws IOException, InterruptedException {
    Path root = Path.of(args[0]).toAbsolutePath().normalize();
    String wanted = args.length > 1 ? args[1] : "10000";
    if (args.length > 2 || !wanted.matches("[1-9]\\d{0,4}")) {
      System.err.println("scripts/bench idle: expected a number of connections below 100000");
      System.exit(2);
    }
    int count = Integer.parseInt(wanted);
    Path work = root.resolve(".run/idle");
    Grounds.clear(work);
    Grounds grounds = Grounds.make(root, work, List.of(1, 1, 1));
    List<SocketChannel> open = new ArrayList<>();
    try (Program banyan = Program.banyan(root, grounds, grounds.banyanYaml(root, "java", true))) {
      for (int i = 0; i < WARM_UP; i++) {
        try (SocketChannel channel = ask(grounds)) {
          channel.shutdownOutput();
        }
      }
      long before = settled(banyan);
      for (int i = 0; i < count; i++) {
        open.add(ask(grounds));
      }
      long after = settled(banyan);
      requireOpen(open);
      System.out.printf(
          Locale.ROOT,
          "%,d connections at rest: %,d KiB before, %,d KiB with them, %.1f KiB each%n",
          count,
          before,
          after,
          (after - before) / (double) count);
    } finally {
      for (SocketChannel channel : open) {
        channel.close();
      }
    }
  }

  private static SocketChannel ask(Grounds grounds) throws IOException {
    SocketChannel channel = SocketChannel.open(grounds.address());
    channel.write(ByteBuffer.wrap(REQUEST));
    ByteBuffer answer = ByteBuffer.allocate(4096);
    if (channel.read(answer) < "HTTP/1.1 200".length()) {
      throw new IOException("no answer from " + grounds.address());
    }
    return channel;
  }

  /** The server ends connections that have rested too long: they must not be counted. */
  private static void requireOpen(List<SocketChannel> open) throws IOException {
    for (SocketChannel channel : open) {
      channel.configureBlocking(false);
      if (channel.read(ByteBuffer.allocate(1)) < 0) {
        throw new IOException("the server has ended connections meanwhile: measure fewer");
      }
    }
  }

  /** The memory once what came before has been given back. */
  private static long settled(Program banyan) throws IOException, InterruptedException {
    Thread.sleep(SETTLE);
    return Usage.of(banyan.handle()).residentKib();
  }
}

package dev.banyan.it.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Thread-safe: ports for servers that must be told where to listen before they start.
 *
 * <p>They lie below those that the kernel gives to connections. A port that the kernel has given
 * and that was let go may be a client's before the server is there; one of these is nobody's. Each
 * is handed out once by this process, and each process begins elsewhere; of the test JVMs that run
 * side by side, each has ports of its own.
 */
public final class FreePorts {
  private static final Path KERNELS = Path.of("/proc/sys/net/ipv4/ip_local_port_range");
  private static final int FIRST = 20_000;
  private static final int KERNELS_FIRST = 32_768;
  private static final int LAST = kernelsFirst() - 1;

  /** So many test JVMs, which their runner numbers, share no port. */
  private static final int STRIPES = 4;

  private static final int STRIPE =
      Math.floorMod(Integer.getInteger("surefire.forkNumber", 0), STRIPES);
  private static final int PORTS = (LAST - FIRST + 1) / STRIPES;
  private static final AtomicInteger NEXT =
      new AtomicInteger(ThreadLocalRandom.current().nextInt(PORTS));

  private FreePorts() {}

  /** A port of the loopback address at which nobody listens. */
  public static int next() throws IOException {
    IOException taken = new IOException("no port is free from " + FIRST + " to " + LAST);
    for (int tries = 0; tries < PORTS; tries++) {
      int port = FIRST + STRIPES * Math.floorMod(NEXT.getAndIncrement(), PORTS) + STRIPE;
      try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      } catch (IOException e) {
        taken.addSuppressed(e);
      }
    }
    throw taken;
  }

  private static int kernelsFirst() {
    try {
      int first = Integer.parseInt(Files.readString(KERNELS).strip().split("\\s+")[0]);
      return first > FIRST ? first : KERNELS_FIRST;
    } catch (IOException e) { // no Linux
      return KERNELS_FIRST;
    }
  }
}

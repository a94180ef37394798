package dev.banyan.transport;

import io.netty.channel.unix.DomainSocketAddress;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Owned by one thread, never an event loop's: the line between a process and the one that takes
 * over from it, on which descriptors go. It closes by itself when the other process ends.
 */
public final class ProcessLine implements AutoCloseable {
  /** What either side says, an octet each. */
  public enum Word {
    /** The one that takes over: all is read and ready, and nothing is accepted yet. */
    READY('r'),
    /** The other: I have let go of what only one may hold, go ahead. */
    YOURS('y'),
    /** The one that takes over: I accept. */
    SERVING('s');

    private final int octet;

    Word(char octet) {
      this.octet = octet;
    }
  }

  /** Octets that the system may tell of a caller. */
  private static final int ADDRESS = 128;

  private static final Duration STEP = Duration.ofMillis(2);

  private final Socket socket;

  private ProcessLine(Socket socket) {
    this.socket = socket;
  }

  /** Owned by one thread: where the other process calls. */
  public static final class Door implements AutoCloseable {
    private final Socket socket;

    private Door(Socket socket) {
      this.socket = socket;
    }

    /** The line to the first that calls; null when {@code over} says so before one does. */
    public @Nullable ProcessLine answer(BooleanSupplier over) throws IOException {
      byte[] caller = new byte[ADDRESS];
      while (!over.getAsBoolean()) {
        int descriptor = socket.accept(caller);
        if (descriptor >= 0) {
          return new ProcessLine(new Socket(descriptor));
        }
        pause();
      }
      return null;
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }

  /** Opens a door at a path, whose folder keeps others out. */
  public static Door open(Path path) throws IOException {
    NativeSockets.require();
    Socket socket = Socket.newSocketDomain();
    socket.bind(new DomainSocketAddress(path.toString()));
    socket.listen(1);
    return new Door(socket);
  }

  /** Calls at a door. */
  public static ProcessLine call(Path path) throws IOException {
    NativeSockets.require();
    Socket socket = Socket.newSocketDomain();
    socket.connect(new DomainSocketAddress(path.toString()));
    return new ProcessLine(socket);
  }

  /** Says a word. */
  public void say(Word word) throws IOException {
    send(word.octet);
  }

  private void send(int octet) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocateDirect(1).put(0, (byte) octet);
    while (socket.write(buffer, 0, 1) <= 0) {
      pause();
    }
  }

  /**
   * Waits for a word.
   *
   * @return whether it came; it didn't when the line has closed or {@code over} said so
   */
  public boolean hears(Word word, BooleanSupplier over) throws IOException {
    int octet = receive(over);
    if (octet > 0 && octet != word.octet) {
      throw new IOException("the other process says something else than " + word);
    }
    return octet > 0;
  }

  /** The next octet; -1 when none comes any more. */
  private int receive(BooleanSupplier over) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocateDirect(1);
    while (!over.getAsBoolean()) {
      int read = socket.read(buffer, 0, 1);
      if (read != 0) {
        return read < 0 ? -1 : Byte.toUnsignedInt(buffer.get(0));
      }
      pause();
    }
    return -1;
  }

  /** Gives the other process descriptors of the same things as these. */
  public void give(Collection<Integer> descriptors) throws IOException {
    send(descriptors.size() & 0xff);
    send(descriptors.size() >> Byte.SIZE);
    for (int descriptor : descriptors) {
      while (socket.sendFd(descriptor) < 0) {
        pause();
      }
    }
  }

  /** Takes the descriptors that the other process gives. */
  public List<Integer> take(BooleanSupplier over) throws IOException {
    int low = receive(over);
    int high = receive(over);
    List<Integer> taken = new ArrayList<>();
    while (high >= 0 && taken.size() < low + (high << Byte.SIZE)) {
      int descriptor = socket.recvFd();
      if (descriptor > 0) {
        taken.add(descriptor);
      } else if (descriptor < 0 || over.getAsBoolean()) {
        high = -1;
      } else {
        pause();
      }
    }
    if (high < 0) {
      throw new IOException("the other process has given no sockets");
    }
    return taken;
  }

  private static void pause() throws IOException {
    try {
      Thread.sleep(STEP);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while another process was waited for", e);
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}

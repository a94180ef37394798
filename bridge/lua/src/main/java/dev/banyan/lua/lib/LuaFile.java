package dev.banyan.lua.lib;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Owned by one machine: an open file of the {@code io} library, or one of the standard streams. */
final class LuaFile {
  private static final int BUFFER = 8192;

  private final @Nullable RandomAccessFile file;
  private final @Nullable OutputStream stream;

  /** Each write goes to the end, wherever that is by then: other workers append too. */
  private final @Nullable OutputStream appender;

  private final boolean readable;
  private final boolean writable;
  private final byte[] buffer = new byte[BUFFER];
  private int at;
  private int limit;
  private boolean appended;
  private boolean closed;

  private LuaFile(
      @Nullable RandomAccessFile file,
      @Nullable OutputStream stream,
      @Nullable OutputStream appender,
      String mode) {
    this.file = file;
    this.stream = stream;
    this.appender = appender;
    boolean update = mode.indexOf('+') >= 0;
    this.readable = mode.startsWith("r") || update;
    this.writable = !mode.startsWith("r") || update;
  }

  static LuaFile open(String name, String mode) throws IOException {
    boolean create = !mode.startsWith("r");
    boolean write = create || mode.indexOf('+') >= 0;
    RandomAccessFile file = new RandomAccessFile(name, write ? "rw" : "r");
    if (mode.startsWith("w")) {
      file.setLength(0);
    }
    return new LuaFile(
        file, null, mode.startsWith("a") ? new FileOutputStream(name, true) : null, mode);
  }

  static LuaFile of(OutputStream stream) {
    return new LuaFile(null, stream, null, "w");
  }

  /** The standard input, which ends before its first byte: that of a server is /dev/null. */
  static LuaFile empty() {
    return new LuaFile(null, null, null, "r");
  }

  /** A file without a name, which goes when it is closed. */
  static LuaFile temporary() throws IOException {
    Path path = Files.createTempFile("lua_", null);
    try {
      return open(path.toString(), "w+");
    } finally {
      Files.delete(path);
    }
  }

  boolean isClosed() {
    return closed;
  }

  boolean isStandard() {
    return file == null;
  }

  void close() throws IOException {
    closed = true;
    if (file != null) {
      file.close();
    }
    if (appender != null) {
      appender.close();
    }
  }

  void flush() throws IOException {
    if (stream != null) {
      stream.flush();
    }
  }

  void write(byte[] bytes, int from, int count) throws IOException {
    if (stream != null) {
      stream.write(bytes, from, count);
      return;
    }
    if (file == null || !writable) {
      throw new IOException("Bad file descriptor");
    }
    if (appender != null) {
      appended = true;
      appender.write(bytes, from, count);
      return;
    }
    dropBuffer();
    file.write(bytes, from, count);
  }

  /** The next byte, or -1. */
  int read() throws IOException {
    return fill() ? buffer[at++] & 0xff : -1;
  }

  /** The next byte without taking it, or -1. */
  int peek() throws IOException {
    return fill() ? buffer[at] & 0xff : -1;
  }

  private boolean fill() throws IOException {
    if (!readable) {
      throw new IOException("Bad file descriptor");
    }
    if (file == null) {
      return false;
    }
    settle();
    if (at == limit) {
      at = 0;
      limit = Math.max(file.read(buffer), 0);
    }
    return at < limit;
  }

  /** After what was appended, the position is the end. */
  private void settle() throws IOException {
    if (appended && file != null) {
      appended = false;
      at = 0;
      limit = 0;
      file.seek(file.length());
    }
  }

  private void dropBuffer() throws IOException {
    if (file != null && at < limit) {
      file.seek(file.getFilePointer() - (limit - at));
    }
    at = 0;
    limit = 0;
  }

  /** Moves to an offset from the start ("set"), from here ("cur") or from the end. */
  long seek(String whence, long offset) throws IOException {
    if (file == null) {
      if (readable) {
        return 0;
      }
      throw new IOException("Illegal seek");
    }
    settle();
    dropBuffer();
    long base =
        switch (whence) {
          case "set" -> 0;
          case "cur" -> file.getFilePointer();
          default -> file.length();
        };
    if (base + offset < 0) {
      throw new IOException("Invalid argument");
    }
    file.seek(base + offset);
    return base + offset;
  }
}

package dev.banyan.gateway;

import dev.banyan.nginx.syntax.SystemReason;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Owned by one thread at a time, which may wait for the disk: changes files and gathers what the
 * log is to say of it. Paths are octet strings; a result is the status that the client gets.
 */
final class DavFiles {
  static final int CONFLICT = 409;
  private static final int INSUFFICIENT_STORAGE = 507;
  private static final AtomicLong NUMBERS = new AtomicLong();

  private final FileAccess access;
  private final List<Line> lines = new ArrayList<>();

  DavFiles(FileAccess access) {
    this.access = access;
  }

  /** A change of files. */
  @FunctionalInterface
  interface Change {
    int apply(DavFiles files) throws IOException;
  }

  /** A line for the error log. */
  record Line(int level, String text) {}

  /**
   * What stands at a path.
   *
   * @param status what its absence means to the client; 0 where it means nothing
   */
  record Found(boolean there, boolean folder, int status) {}

  /**
   * How a file takes its place.
   *
   * @param access its permissions; 0 for those that it has
   * @param folders the permissions of files beside which missing folders would stand
   * @param modified when it was changed, in seconds; empty for now
   * @param creates whether missing folders are created
   * @param deletes whether it is deleted when it can't be put there
   */
  record Placing(
      int access, int folders, OptionalLong modified, boolean creates, boolean deletes) {}

  List<Line> lines() {
    return List.copyOf(lines);
  }

  void say(int level, String text) {
    lines.add(new Line(level, text));
  }

  /** Logs a call that failed, where the client is told something else than its reason. */
  void fault(int level, String call, String path, IOException e) {
    say(level, call + "() \"" + path + "\" failed (" + SystemReason.of(e) + ")");
  }

  /** Logs a call that failed; the status that tells the client why. */
  int failed(String call, String path, IOException e, int missing) {
    String reason = SystemReason.of(e);
    int status =
        switch (reason.substring(0, Math.max(0, reason.indexOf(':')))) {
          case "2", "20", "36" -> missing;
          case "1", "13" -> HttpStatus.FORBIDDEN;
          case "17" -> HttpStatus.NOT_ALLOWED;
          case "28" -> INSUFFICIENT_STORAGE;
          default -> HttpStatus.INTERNAL_ERROR;
        };
    boolean grave = status == INSUFFICIENT_STORAGE || status == HttpStatus.INTERNAL_ERROR;
    fault(grave ? ErrorLog.CRIT : ErrorLog.ERROR, call, path, e);
    return status;
  }

  /** What stands there; that nothing does is told with a status, another one below a file. */
  Found look(String path, int missing, int belowFile) {
    try {
      return new Found(true, attributes(path).isDirectory(), 0);
    } catch (IOException e) {
      int status = e instanceof NotDirectoryException ? belowFile : missing;
      return new Found(false, false, failed("lstat", path, e, status));
    }
  }

  /** What stands there; that nothing does is as well. */
  Found lookForTarget(String path) {
    try {
      return new Found(true, attributes(path).isDirectory(), 0);
    } catch (NoSuchFileException e) {
      return new Found(false, false, 0);
    } catch (IOException e) {
      return new Found(false, false, failed("lstat", path, e, HttpStatus.NOT_FOUND));
    }
  }

  /** Of what is named; with a slash at the end, of the folder that a link leads to. */
  private BasicFileAttributes attributes(String path) throws IOException {
    Path file = access.changed(path);
    boolean slash = path.endsWith("/");
    BasicFileAttributes attributes;
    try {
      attributes =
          slash
              ? Files.readAttributes(file, BasicFileAttributes.class)
              : Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    } catch (NoSuchFileException e) {
      throw access.isBelowFile(path) ? new NotDirectoryException(path) : e;
    }
    if (slash && !attributes.isDirectory()) {
      throw new NotDirectoryException(path);
    }
    return attributes;
  }

  int makeFolder(String path, int mode, int missing) {
    try {
      makeFolder(access.changed(path), mode);
      return HttpStatus.CREATED;
    } catch (IOException e) {
      return failed("mkdir", path, e, missing);
    }
  }

  /** A folder of just this mode, whatever the process masks. */
  static void makeFolder(Path folder, int mode) throws IOException {
    Files.createDirectory(folder);
    Files.setPosixFilePermissions(folder, FileMode.permissions(mode));
  }

  int delete(String path, boolean folder) {
    if (folder) {
      return new DavTree(this).delete(path, access);
    }
    try {
      Files.delete(access.changed(path));
      return HttpStatus.NO_CONTENT;
    } catch (IOException e) {
      return failed("unlink", path, e, HttpStatus.NOT_FOUND);
    }
  }

  /** Whether it could be renamed. */
  boolean rename(String from, String to) {
    try {
      Files.move(access.changed(from), access.changed(to), StandardCopyOption.ATOMIC_MOVE);
      return true;
    } catch (IOException e) {
      return false; // it is copied then
    }
  }

  int copyFolder(String from, String to) {
    return new DavTree(this).copy(from, to, access);
  }

  /** A body that was written whole becomes the file. */
  int put(Path body, String path, Placing placing) {
    boolean there = true;
    try {
      if (Files.readAttributes(access.changed(path), BasicFileAttributes.class).isDirectory()) {
        say(ErrorLog.ERROR, "\"" + path + "\" could not be created (21: Is a directory)");
        unlink(body, body.toString());
        return CONFLICT;
      }
    } catch (IOException e) {
      there = false; // whatever the reason, it is not there for us
    }
    boolean placed = place(body, body.toString(), path, placing);
    return !placed ? HttpStatus.INTERNAL_ERROR : there ? HttpStatus.NO_CONTENT : HttpStatus.CREATED;
  }

  int move(String from, String to, Placing placing) {
    try {
      boolean placed = place(access.changed(from), from, to, placing);
      return placed ? HttpStatus.NO_CONTENT : HttpStatus.INTERNAL_ERROR;
    } catch (FileSystemException e) {
      fault(ErrorLog.CRIT, "rename", from, e);
      return HttpStatus.INTERNAL_ERROR;
    }
  }

  private boolean place(Path file, String name, String to, Placing placing) {
    boolean placed = prepared(file, name, placing) && renamed(file, name, to, placing);
    if (!placed && placing.deletes()) {
      unlink(file, name);
    }
    return placed;
  }

  private boolean prepared(Path file, String name, Placing placing) {
    String call = "chmod";
    try {
      if (placing.access() != 0) {
        Files.setPosixFilePermissions(file, FileMode.permissions(placing.access()));
      }
      call = "utimes";
      if (placing.modified().isPresent()) {
        touch(file, placing.modified().getAsLong());
      }
      return true;
    } catch (IOException e) {
      fault(ErrorLog.CRIT, call, name, e);
      return false;
    }
  }

  static void touch(Path file, long seconds) throws IOException {
    Files.setLastModifiedTime(file, FileTime.from(seconds, java.util.concurrent.TimeUnit.SECONDS));
  }

  private boolean renamed(Path file, String name, String to, Placing placing) {
    try {
      Named from = new Named(file, name);
      Named target = new Named(access.changed(to), to);
      try {
        return replace(from, target);
      } catch (NoSuchFileException e) {
        if (!placing.creates()) {
          throw e;
        }
        return createFolders(to, FileMode.folder(placing.folders())) && replace(from, target);
      }
    } catch (IOException e) {
      String reason = SystemReason.of(e);
      say(ErrorLog.CRIT, "rename() \"" + name + "\" to \"" + to + "\" failed (" + reason + ")");
      return false;
    }
  }

  /**
   * Puts it there in one step; from another file system by way of a copy beside the target. False
   * where that copy can't be made, which is logged.
   */
  private boolean replace(Named from, Named target) throws IOException {
    try {
      Files.move(from.file(), target.file(), StandardCopyOption.ATOMIC_MOVE);
      return true;
    } catch (AtomicMoveNotSupportedException e) {
      String suffix = ".%010d".formatted(NUMBERS.incrementAndGet());
      Path file = target.file().resolveSibling(target.file().getFileName() + suffix);
      Named beside = new Named(file, target.path() + suffix);
      PosixFileAttributes facts =
          Files.readAttributes(from.file(), PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      try {
        if (!copy(from, beside, facts)) {
          return false;
        }
        Files.move(file, target.file(), StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(file);
      }
      Files.delete(from.file());
      return true;
    }
  }

  private boolean createFolders(String path, int mode) {
    for (int at = path.indexOf('/', 1); at > 0; at = path.indexOf('/', at + 1)) {
      String folder = path.substring(0, at);
      try {
        makeFolder(access.changed(folder), mode);
      } catch (FileAlreadyExistsException _) {
        // as most of them do
      } catch (IOException e) {
        fault(ErrorLog.CRIT, "mkdir", folder, e);
        return false;
      }
    }
    return true;
  }

  private void unlink(Path file, String name) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      fault(ErrorLog.CRIT, "unlink", name, e);
    }
  }

  int copy(String from, String to) {
    try {
      Path source = access.changed(from);
      PosixFileAttributes facts =
          Files.readAttributes(source, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      boolean copied = copy(new Named(source, from), new Named(access.changed(to), to), facts);
      return copied ? HttpStatus.NO_CONTENT : HttpStatus.INTERNAL_ERROR;
    } catch (IOException e) {
      fault(ErrorLog.CRIT, "open", to, e);
      return HttpStatus.INTERNAL_ERROR;
    }
  }

  /** A file and its path as an octet string. */
  record Named(Path file, String path) {}

  /**
   * Copies a file with its permissions and time; one that is there already keeps its permissions.
   * False where it can't be, which is logged.
   */
  boolean copy(Named from, Named to, PosixFileAttributes facts) {
    String call = "open";
    String path = from.path();
    int level = ErrorLog.CRIT;
    try (FileChannel in = FileChannel.open(from.file(), StandardOpenOption.READ)) {
      path = to.path();
      try (FileChannel out = target(to.file(), FileMode.of(facts.permissions()))) {
        call = "write";
        level = ErrorLog.ALERT;
        transfer(in, out);
      }
      call = "utimes";
      touch(to.file(), facts.lastModifiedTime().toMillis() / 1000);
      return true;
    } catch (IOException e) {
      fault(level, call, path, e);
      return call.equals("utimes"); // the copy is whole all the same
    }
  }

  private static void transfer(FileChannel in, FileChannel out) throws IOException {
    long size = in.size();
    long at = 0;
    while (at < size) {
      long sent = in.transferTo(at, size - at, out);
      if (sent <= 0) {
        break; // it became shorter
      }
      at += sent;
    }
  }

  private static FileChannel target(Path to, int mode) throws IOException {
    try {
      FileChannel made =
          FileChannel.open(to, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      Files.setPosixFilePermissions(to, FileMode.permissions(mode));
      return made;
    } catch (FileAlreadyExistsException e) {
      return FileChannel.open(
          to,
          StandardOpenOption.CREATE,
          StandardOpenOption.TRUNCATE_EXISTING,
          StandardOpenOption.WRITE);
    }
  }
}

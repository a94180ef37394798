package dev.banyan.gateway;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;

/**
 * Owned by one thread at a time, which may wait for the disk: deletes and copies folders with all
 * that is in them. What fails is logged and left behind; the rest goes on.
 */
final class DavTree {
  private final DavFiles files;

  DavTree(DavFiles files) {
    this.files = files;
  }

  /** What is done with the entries of a tree; links and devices are special. */
  private interface Visitor {
    void file(DavFiles.Named file, PosixFileAttributes facts);

    void enter(DavFiles.Named folder, PosixFileAttributes facts);

    void leave(DavFiles.Named folder, PosixFileAttributes facts);

    void special(DavFiles.Named file);
  }

  int delete(String path, FileAccess access) {
    DavFiles.Named tree;
    try {
      tree = new DavFiles.Named(access.changed(path), path);
    } catch (IOException e) {
      return files.failed("opendir", path, e, HttpStatus.NOT_FOUND);
    }
    if (!walk(tree, new Deletion())) {
      return HttpStatus.INTERNAL_ERROR;
    }
    try {
      if (Files.isSymbolicLink(tree.file())) {
        throw new NotDirectoryException(path); // to a folder, which isn't ours to delete
      }
      Files.delete(tree.file());
      return HttpStatus.NO_CONTENT;
    } catch (IOException e) {
      return files.failed("rmdir", path, e, HttpStatus.NOT_FOUND);
    }
  }

  int copy(String from, String to, FileAccess access) {
    try {
      Path source = access.changed(from);
      Path target = access.changed(to);
      PosixFileAttributes facts = Files.readAttributes(source, PosixFileAttributes.class);
      DavFiles.makeFolder(target, FileMode.of(facts.permissions()));
      boolean walked = walk(new DavFiles.Named(source, from), new Copy(source, from, target, to));
      return walked ? HttpStatus.CREATED : HttpStatus.INTERNAL_ERROR;
    } catch (IOException e) {
      return files.failed("mkdir", to, e, HttpStatus.NOT_FOUND);
    }
  }

  /** False where the folder itself can't be read. */
  private boolean walk(DavFiles.Named tree, Visitor visitor) {
    String under = DavHandler.withoutSlash(tree.path()) + "/";
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(tree.file())) {
      for (Path entry : entries) {
        visit(new DavFiles.Named(entry, under + octets(entry)), visitor);
      }
      return true;
    } catch (DirectoryIteratorException e) {
      IOException cause = e.getCause();
      files.fault(
          ErrorLog.CRIT, "readdir", tree.path(), cause == null ? new IOException(e) : cause);
      return false;
    } catch (IOException e) {
      files.fault(ErrorLog.CRIT, "opendir", tree.path(), e);
      return false;
    }
  }

  private void visit(DavFiles.Named entry, Visitor visitor) {
    PosixFileAttributes facts;
    try {
      facts = Files.readAttributes(entry.file(), PosixFileAttributes.class);
    } catch (IOException e) {
      files.fault(ErrorLog.CRIT, "stat", entry.path(), e);
      return;
    }
    if (Files.isSymbolicLink(entry.file())) {
      visitor.special(entry);
    } else if (facts.isRegularFile()) {
      visitor.file(entry, facts);
    } else if (facts.isDirectory()) {
      visitor.enter(entry, facts);
      walk(entry, visitor);
      visitor.leave(entry, facts);
    } else {
      visitor.special(entry);
    }
  }

  private static String octets(Path entry) {
    return Octets.string(String.valueOf(entry.getFileName()).getBytes(StandardCharsets.UTF_8));
  }

  private final class Deletion implements Visitor {
    @Override
    public void file(DavFiles.Named file, PosixFileAttributes facts) {
      special(file);
    }

    @Override
    public void enter(DavFiles.Named folder, PosixFileAttributes facts) {
      // it is deleted when it is empty
    }

    @Override
    public void leave(DavFiles.Named folder, PosixFileAttributes facts) {
      remove(folder, "rmdir");
    }

    @Override
    public void special(DavFiles.Named file) {
      remove(file, "unlink");
    }

    private void remove(DavFiles.Named entry, String call) {
      try {
        Files.delete(entry.file());
      } catch (IOException e) {
        files.failed(call, entry.path(), e, 0);
      }
    }
  }

  private final class Copy implements Visitor {
    private final Path source;
    private final Path target;
    private final int cut;
    private final String to;

    Copy(Path source, String from, Path target, String to) {
      this.source = source;
      this.target = target;
      this.cut = DavHandler.withoutSlash(from).length();
      this.to = to;
    }

    private DavFiles.Named copyOf(DavFiles.Named entry) {
      Path file = target.resolve(source.relativize(entry.file()));
      return new DavFiles.Named(file, to + entry.path().substring(cut));
    }

    @Override
    public void file(DavFiles.Named file, PosixFileAttributes facts) {
      files.copy(file, copyOf(file), facts);
    }

    @Override
    public void enter(DavFiles.Named folder, PosixFileAttributes facts) {
      DavFiles.Named copy = copyOf(folder);
      try {
        int mode = FileMode.of(facts.permissions());
        DavFiles.makeFolder(copy.file(), FileMode.folder(mode));
      } catch (IOException e) {
        files.failed("mkdir", copy.path(), e, 0);
      }
    }

    @Override
    public void leave(DavFiles.Named folder, PosixFileAttributes facts) {
      DavFiles.Named copy = copyOf(folder);
      try {
        DavFiles.touch(copy.file(), facts.lastModifiedTime().toMillis() / 1000);
      } catch (IOException e) {
        files.fault(ErrorLog.ALERT, "utimes", copy.path(), e);
      }
    }

    @Override
    public void special(DavFiles.Named file) {
      // is not copied
    }
  }
}

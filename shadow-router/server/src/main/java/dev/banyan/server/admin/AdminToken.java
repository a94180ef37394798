package dev.banyan.server.admin;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Immutable, for any thread: the bearer token; compared in constant time, never logged. */
public final class AdminToken {
  private static final int RANDOM_BYTES = 24;
  private static final String SCHEME = "Bearer ";

  private final String value;

  private AdminToken(String value) {
    this.value = value;
  }

  /**
   * Reads the token of a file; makes the file, readable by its owner only, when it is missing.
   *
   * @throws IOException when it can't be read or made, or is empty
   */
  public static AdminToken loadOrCreate(Path file) throws IOException {
    if (Files.notExists(file)) {
      create(file);
    }
    return load(file);
  }

  /**
   * Reads the token of a file.
   *
   * @throws IOException when it can't be read or is empty
   */
  public static AdminToken load(Path file) throws IOException {
    String value = Files.readString(file).strip();
    if (value.isEmpty()) {
      throw new IOException(file + " holds no token: remove it and start again to get a new one");
    }
    return new AdminToken(value);
  }

  private static void create(Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    byte[] random = new byte[RANDOM_BYTES];
    new SecureRandom().nextBytes(random);
    var ownerOnly =
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    try {
      Files.createFile(file, ownerOnly);
    } catch (FileAlreadyExistsException e) {
      return; // another process was first; its token counts
    }
    Files.writeString(file, HexFormat.of().formatHex(random) + "\n");
  }

  /** What a client sends. */
  public String value() {
    return value;
  }

  /** Whether an Authorization header carries this token. */
  boolean accepts(@Nullable String authorization) {
    if (authorization == null
        || !authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      return false;
    }
    byte[] given = authorization.substring(SCHEME.length()).getBytes(StandardCharsets.UTF_8);
    return MessageDigest.isEqual(digest(given), digest(value.getBytes(StandardCharsets.UTF_8)));
  }

  /** Equal lengths, so that the comparison tells nothing about the token's. */
  private static byte[] digest(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  @Override
  public String toString() {
    return "AdminToken";
  }
}

package dev.banyan.nginx;

import dev.banyan.nginx.script.Template;
import org.jspecify.annotations.Nullable;

/**
 * {@code proxy_store}: answers are written to files that are served as such later.
 *
 * @param path the file; null for what {@code root} and {@code alias} say
 * @param access the file's permissions, as octal digits mean them
 */
public record StoreSettings(@Nullable Template path, int access) {
  /** The owner reads and writes, nobody else. */
  static final int OWNER = 0600;
}

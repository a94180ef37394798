package dev.banyan.nginx;

import dev.banyan.nginx.script.Template;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code try_files}: what to look for, then what to do.
 *
 * @param candidates the paths to try, in order
 * @param fallbackUri the URI or named location to go on with; null when a status is given
 * @param fallbackStatus the status to answer with; 0 when a URI is given
 */
public record TryFiles(
    List<Candidate> candidates, @Nullable Template fallbackUri, int fallbackStatus) {
  public TryFiles {
    candidates = List.copyOf(candidates);
  }

  /** A path under the root; a directory is asked for by a trailing slash. */
  public record Candidate(Template path, boolean directory) {}
}
